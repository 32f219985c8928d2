"""A trend as a picture: PNG or SVG, with Japanese labels on any machine and without a browser."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import vl_convert

from answers.trend import TrendAnswer
from presenting.chart import Spec, chart

FONT_PACKAGE = "pylopdf_fonts_jp"
"""Holds Noto Sans JP (SIL Open Font License), so that no font of the machine is needed."""

SCALE = 2
"""Pixels per unit: sharp on paper and on slides."""


def write_plot(
    answer: TrendAnswer, names: Sequence[str], source: Sequence[str], path: Path
) -> None:
    """Draw ``answer`` into ``path``, as ``draw`` does.

    ``names`` are the labels of its series, ``source`` the lines at the foot: what was counted.
    """
    draw(chart(answer, names, source), path)


def draw(spec: Spec, path: Path) -> None:
    """Draw a Vega-Lite specification into ``path``: PNG, or SVG where it ends so.

    Raises OSError where ``path`` cannot be written.
    """
    vl_convert.register_font_directory(str(files(FONT_PACKAGE)))
    if path.suffix.lower() == ".svg":
        path.write_text(vl_convert.vegalite_to_svg(spec), encoding="utf-8")
    else:
        path.write_bytes(vl_convert.vegalite_to_png(spec, scale=SCALE))
