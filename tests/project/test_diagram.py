"""The picture of the model: complete, and nothing in it hides anything else."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

from diagram_places import THEMES
from model_edges import classes, edges, parents
from pages_diagram import BOX, LETTER, LONG, WIDTH, picture, svg

Rectangle = tuple[float, float, float, float]


def test_every_class_has_one_theme() -> None:
    placed = [name for theme in THEMES for name in theme.own]
    assert classes() - set(placed) == set()
    assert len(set(placed)) == len(placed)


def test_every_property_between_classes_is_drawn() -> None:
    made = picture()
    drawn = {
        (*line.ends, word)
        for lines, labels in zip(made.lines, made.labels, strict=True)
        for line, label in zip(lines, labels, strict=True)
        for word in label.lines
    }
    drawn |= {
        (box.name, box.name, word.strip())
        for boxes in made.boxes
        for box in boxes
        for line in box.lines
        for word in line.split(",")
        if word
    }
    stated = {(a, b, name.removeprefix("comity:")) for a, name, b in edges() | parents()}
    assert len(stated) > 50
    assert drawn == stated


def test_no_two_places_of_a_theme_are_the_same() -> None:
    for theme in THEMES:
        places = [*theme.own.values(), *theme.others.values()]
        assert len(set(places)) == len(places), theme.title


def overlap(one: Rectangle, two: Rectangle) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def crosses(line: Rectangle, box: Rectangle) -> bool:
    """Whether any of many points of the line lies in the box."""
    x1, y1, x2, y2 = line
    points = ((x1 + (x2 - x1) * n / 400, y1 + (y2 - y1) * n / 400) for n in range(401))
    return any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in points)


def test_nothing_hides_anything() -> None:
    made = picture()
    for boxes, lines, labels in zip(made.boxes, made.lines, made.labels, strict=True):
        corners = {box.name: (box.x, box.y, box.x + BOX, box.y + box.height) for box in boxes}
        words = []
        for label in labels:
            width, height = label.size
            x, y = label.x - width / 2, label.y - height / 2
            words.append((label.lines, (x, y, x + width, y + height)))
        things = [*corners.items(), *words]
        hidden = [(a, b) for (a, one), (b, two) in combinations(things, 2) if overlap(one, two)]
        for line, label in zip(lines, labels, strict=True):
            run = (line.x1, line.y1, line.x2, line.y2)
            hidden += [
                (line.ends, name)
                for name, box in corners.items()
                if name not in line.ends and crosses(run, box)
            ]
            hidden += [
                (line.ends, other)
                for other, box in words
                if other != label.lines and crosses(run, box)
            ]
        assert hidden == []


def test_everything_is_inside_the_picture() -> None:
    made = picture()
    for box in (box for boxes in made.boxes for box in boxes):
        assert box.x >= 0
        assert box.x + BOX <= WIDTH
        assert box.y + box.height <= made.height
        name = box.name.removeprefix("comity:")
        assert len(name) * (7 if len(name) > LONG else 9) <= BOX
        assert all(len(line) * LETTER <= BOX for line in box.lines)


def test_svg_needs_nothing_from_outside() -> None:
    text = svg()
    assert text == svg()
    tree = ElementTree.fromstring(text)  # noqa: S314 - our own
    assert {element.tag.rpartition("}")[2] for element in tree.iter()} <= {
        *("svg", "title", "desc", "style", "defs", "marker", "path", "rect", "text")
    }
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "prefers-color-scheme: dark" in text
