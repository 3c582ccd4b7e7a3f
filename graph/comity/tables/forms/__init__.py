"""The templates, in the order in which a release is entered."""

from __future__ import annotations

from typing import Final

from comity.tables.columns import Template
from comity.tables.forms.actors import AGENCIES, PEOPLE, PLACES
from comity.tables.forms.agreements import ACTS, AGREEMENTS, AIMS
from comity.tables.forms.curation import CORRECTIONS, INFERENCES, NOTES
from comity.tables.forms.discourse import CLAIMS, RELATIONS, UTTERANCES
from comity.tables.forms.events import EVENTS, PARTICIPATIONS
from comity.tables.forms.posts import POSTS

__all__ = ["TEMPLATES"]

TEMPLATES: Final[dict[str, Template]] = {
    template.name: template
    for template in (
        PLACES,
        AGENCIES,
        PEOPLE,
        POSTS,
        AGREEMENTS,
        ACTS,
        AIMS,
        EVENTS,
        PARTICIPATIONS,
        UTTERANCES,
        CLAIMS,
        RELATIONS,
        CORRECTIONS,
        INFERENCES,
        NOTES,
    )
}
"""Every template by its name."""
