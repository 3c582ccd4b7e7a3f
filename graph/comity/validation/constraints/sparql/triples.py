"""Triple patterns in a block of them (SPARQL 1.1 §4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity_queries.tokens import Token

__all__ = ["Triple", "triples_in"]

_TERMS = ("variable", "iri", "string", "number")


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple pattern.

    Attributes
    ----------
    text : str
    names : frozenset of str
        Of its variables.
    """

    text: str
    names: frozenset[str]


def triples_in(text: str, block: Sequence[Token]) -> list[Triple] | None:
    """Read the triples of a block, each with a subject of its own.

    Sequences of paths become triples with variables between them.

    Parameters
    ----------
    text : str
        The query.
    block : sequence of Token

    Returns
    -------
    list of Triple or None
        None where it has blank nodes or lists, or is not understood.
    """
    try:
        return list(_Reader(text, block).triples()) or None
    except _NotUnderstoodError:
        return None


class _NotUnderstoodError(Exception):
    """The block has something that is left as it is."""


class _Reader:
    def __init__(self, text: str, block: Sequence[Token]):
        self.text = text
        self.block = block
        self.at = 0

    def triples(self) -> Iterator[Triple]:
        while self.at < len(self.block):
            subject = self._term()
            while True:
                verb = self._verb()
                yield from self._joined(subject, verb, self._term())
                while self._skip(","):
                    yield from self._joined(subject, verb, self._term())
                semicolon = False
                while self._skip(";"):
                    semicolon = True
                if not semicolon or self._sees(".") or self.at == len(self.block):
                    break
            if not self._skip(".") and self.at < len(self.block):
                raise _NotUnderstoodError

    def _joined(
        self, subject: list[Token], steps: list[list[Token]], value: list[Token]
    ) -> Iterator[Triple]:
        begin, names = self._text(subject), _names(subject)
        for number, step in enumerate(steps):
            if number == len(steps) - 1:
                end, after = self._text(value), _names(value)
            else:
                name = f"step{number}_{step[0].start}_{value[0].start}"
                if name in self.text:
                    raise _NotUnderstoodError
                end, after = f"?{name}", frozenset({name})
            yield Triple(f"{begin} {self._text(step)} {end}", names | _names(step) | after)
            begin, names = end, after

    def _term(self) -> list[Token]:
        """Read a variable, an IRI or a literal."""
        first = self._next()
        if first.kind not in _TERMS and not first.is_word("TRUE", "FALSE"):
            raise _NotUnderstoodError
        term = [first]
        if first.kind == "string" and self.at < len(self.block):
            if self.block[self.at].kind == "language":
                term.append(self._next())
            elif self._sees("^") and self._sees("^", 1):
                term += [self._next(), self._next(), self._next()]
        return term

    def _verb(self) -> list[list[Token]]:
        """Read a variable or path, as its steps one after another."""
        if self.at < len(self.block) and self.block[self.at].kind == "variable":
            return [[self._next()]]
        steps: list[list[Token]] = [[]]
        alternative = False
        while True:
            self._element(steps[-1])
            if self._sees("|"):
                alternative = True
                steps[-1].append(self._next())
            elif self._skip("/"):
                steps.append([])
            else:
                break
        if alternative and len(steps) > 1:
            raise _NotUnderstoodError
        return steps

    def _element(self, step: list[Token]) -> None:
        """Read a property or what is in brackets, with the signs before and after it."""
        while self._sees("^") or self._sees("!"):
            step.append(self._next())
        token = self._next()
        step.append(token)
        if token.text == "(":
            depth = 1
            while depth:
                token = self._next()
                depth += (token.text == "(") - (token.text == ")")
                step.append(token)
        elif token.kind != "iri" and token.text != "a":
            raise _NotUnderstoodError
        while any(self._sees(sign) for sign in "*+?"):
            step.append(self._next())

    def _next(self) -> Token:
        if self.at == len(self.block):
            raise _NotUnderstoodError
        self.at += 1
        return self.block[self.at - 1]

    def _sees(self, mark: str, further: int = 0) -> bool:
        place = self.at + further
        return place < len(self.block) and self.block[place].text == mark

    def _skip(self, mark: str) -> bool:
        if self._sees(mark):
            self.at += 1
            return True
        return False

    def _text(self, tokens: Sequence[Token]) -> str:
        return self.text[tokens[0].start : tokens[-1].end]


def _names(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.text[1:] for token in tokens if token.kind == "variable")
