"""Read the groups of a query from its tokens."""

from __future__ import annotations

from .groups import Expression, Group
from .tokens import Token, code_tokens

__all__ = ["read_groups"]

_PLAIN_ORDER = {"ASC", "DESC", "STR"}


def read_groups(query: str) -> Group:
    """Read the groups of a query.

    Parameters
    ----------
    query : str
        A SPARQL query that parses.

    Returns
    -------
    Group
        The root, which stands for the query itself.
    """
    code = code_tokens(query)
    root = Group(end=len(query))
    stack = [_Reader(root)]
    index = 0
    while index < len(code):
        token = code[index]
        if token.is_word("VALUES"):
            index = _values(code, index, stack[-1].group)
            continue
        if token.kind == "open":
            child = Group(
                parent=stack[-1].group,
                hidden=index > 0 and code[index - 1].is_word("EXISTS", "MINUS"),
                start=token.start,
                end=len(query),
            )
            stack[-1].enter()
            stack[-1].group.children.append(child)
            stack.append(_Reader(child))
        elif token.kind == "close":
            if len(stack) > 1:
                stack[-1].group.end = token.end
                stack.pop().end()
        else:
            stack[-1].read(token, code[index - 1] if index else None)
        index += 1
    stack[0].end()
    return root


def _values(code: list[Token], index: int, group: Group) -> int:
    """Note the variables of a VALUES block, and return the index after it."""
    index += 1
    single = index < len(code) and code[index].kind == "variable"
    while index < len(code) and code[index].kind != "open":
        token = code[index]
        if token.kind == "variable" and single:
            group.values.setdefault(token.text[1:], []).append(token)
        elif token.kind == "variable":
            group.tables.append(token)
        index += 1
    while index < len(code) and code[index].kind != "close":
        index += 1
    return index + 1


class _Reader:
    """Reads the tokens that stand directly in one group."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.clause: Token | None = None  # SELECT, GROUP, HAVING or ORDER
        self.pending: Token | None = None  # FILTER or BIND that waits for its bracket
        self.expression: Expression | None = None
        self.depth = 0
        self.order_item: list[Token] = []
        self.empty = True
        self.bound = False  # whether BOUND was read and its variable not yet

    def enter(self) -> None:
        """Note that a group opens: it ends a SELECT clause, or belongs to an EXISTS."""
        self.empty = False
        self.pending = None
        if self.expression is None:
            self.clause = None

    def end(self) -> None:
        self._finish_order()

    def read(self, token: Token, before: Token | None) -> None:
        first, self.empty = self.empty, False
        if token.is_word("SELECT") and (first or self.group.parent is None):
            self.group.select, self.clause = True, token
        elif self.group.select and self.depth == 0 and token.kind == "word":
            self._clause_word(token)
        elif token.is_word("FILTER", "BIND"):
            self.pending = token
        elif token.text == "(":
            self._open(token)
        elif token.text == ")":
            self._close(token)
        elif token.kind == "variable":
            self._variable(token, before)
        elif token.text == "*" and self._in("SELECT") and self.depth == 0:
            self.group.star = True
        elif self.expression is not None and token.is_word("COALESCE"):
            self.expression.coalesces = True
        elif self._in("ORDER"):
            self.order_item.append(token)
        self._guard(token)

    def _in(self, keyword: str) -> bool:
        return self.clause is not None and self.clause.is_word(keyword)

    def _clause_word(self, token: Token) -> None:
        if token.is_word("GROUP", "HAVING", "ORDER"):
            self._finish_order()
            self.clause = token
        elif token.is_word("LIMIT", "OFFSET"):
            self._finish_order()
            self.clause = None
        elif self._in("ORDER") and not token.is_word("BY"):
            self._finish_order()
            self.order_item.append(token)

    def _open(self, token: Token) -> None:
        keyword = self.pending or (self.clause if self.group.select else None)
        if self.expression is None and keyword is not None:
            if self._in("ORDER") and not all(part.kind == "word" for part in self.order_item):
                self._finish_order()
            self.expression = Expression(keyword)
            self.group.expressions.append(self.expression)
            self.pending = None
        if self.expression is not None:
            self.depth += 1
            if self._in("ORDER"):
                self.order_item.append(token)

    def _close(self, token: Token) -> None:
        if self.expression is None:
            return
        self.depth -= 1
        if self._in("ORDER"):
            self.order_item.append(token)
        if self.depth == 0:
            if self._in("GROUP"):
                self.group.grouped.append(self.expression.alias or "")
            self.expression = None
            self._finish_order()

    def _variable(self, token: Token, before: Token | None) -> None:
        name = token.text[1:]
        if self._in("ORDER"):
            if self.depth == 0:
                self._finish_order()
            self.order_item.append(token)
            if self.depth == 0:
                self._finish_order()
        if self.expression is None:
            if self._in("SELECT"):
                self.group.projected.append(name)
            elif self._in("GROUP"):
                self.group.grouped.append(name)
            elif self.clause is None:
                self.group.plain.append(token)
        elif before is not None and before.is_word("AS"):
            self.expression.alias = name
            if self._in("SELECT"):
                self.group.projected.append(name)
        else:
            self.expression.variables.append(token)

    def _guard(self, token: Token) -> None:
        """Remember ``BOUND(?p)``: the word opens it, the next variable is the one tested."""
        if self.expression is None:
            self.bound = False
        elif token.is_word("BOUND"):
            self.bound = True
        elif token.kind == "variable" and self.bound:
            self.expression.guarded.add(token.text[1:])
            self.bound = False

    def _finish_order(self) -> None:
        """Keep a sort key when it is a variable, alone or in ASC, DESC or STR."""
        variables = [part for part in self.order_item if part.kind == "variable"]
        others = [part for part in self.order_item if part.kind != "variable"]
        plain = all(
            part.text in "()" or (part.kind == "word" and part.text.upper() in _PLAIN_ORDER)
            for part in others
        )
        if len(variables) == 1 and plain:
            self.group.ordered.append(variables[0].text[1:])
        self.order_item = []
