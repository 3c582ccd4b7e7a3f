"""Where the classes stand in the picture of the model.

A class has one theme, in which all its properties start; what they lead to in other themes is
repeated there, in outline.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["THEMES", "Theme"]

Place = tuple[int, int]


@dataclass(frozen=True)
class Theme:
    """Where the classes of a theme stand, as column and row, and those they lead to."""

    title: str
    own: dict[str, Place]
    others: dict[str, Place] = field(default_factory=dict)


THEMES = (
    Theme(
        "Actors and places",
        {
            "comity:Place": (0, 0),
            "comity:Country": (1, 0),
            "comity:Agency": (2, 0),
            "comity:Delegation": (1, 1),
            "org:ChangeEvent": (3, 2),
            "comity:UnnamedGroup": (2, 2),
            "comity:TimePoint": (3, 0),
        },
        {"foaf:Person": (0, 1), "agency or country": (2, 1)},
    ),
    Theme(
        "Posts",
        {"foaf:Person": (0, 0), "comity:Tenure": (1, 0), "org:Post": (2, 0)},
        {"comity:TimePoint": (1, 1), "agency or country": (2, 1)},
    ),
    Theme(
        "Agreements",
        {"comity:Aim": (0, 1), "comity:Agreement": (1, 1), "comity:Act": (2, 1)},
        {"comity:TimePoint": (1, 0), "agency or country": (1, 2), "comity:Event": (3, 1)},
    ),
    Theme(
        "Events",
        {"comity:Participation": (1, 0), "comity:Event": (2, 0), "comity:Series": (3, 0)},
        {
            "actor": (0, 0),
            "comity:Tenure": (0, 1),
            "agency or country": (1, 1),
            "place or country": (2, 1),
            "comity:TimePoint": (3, 1),
        },
    ),
    Theme(
        "What is said",
        {"comity:Relation": (0, 0), "comity:Utterance": (2, 0), "comity:Claim": (3, 0)},
        {
            "actor": (1, 0),
            "comity:Event": (1, 1),
            "anything": (2, 1),
            "actor or source document": (3, 1),
        },
    ),
    Theme(
        "Sources and loads",
        {
            "oa:TextPositionSelector": (0, 0),
            "oa:TextQuoteSelector": (0, 1),
            "comity:Passage": (1, 0),
            "comity:SourceDocument": (2, 0),
            "comity:Discard": (3, 0),
            "comity:Load": (3, 1),
        },
        {"anything": (2, 1)},
    ),
    Theme(
        "What curators add",
        {
            "comity:Correction": (0, 0),
            "comity:IdentityDecision": (2, 0),
            "comity:Inference": (0, 1),
            "oa:Annotation": (2, 1),
        },
        {"anything": (1, 0)},
    ),
)
