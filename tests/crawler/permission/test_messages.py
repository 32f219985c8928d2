"""What a person is told of a source that may not be fetched: whom to ask, and of which source."""

from __future__ import annotations

import pytest

from crawler.permission.standing import NeedsPermission
from kazami.document import Kind
from kazami.sources import Source


@pytest.mark.parametrize("kind", Kind)
def test_the_office_and_the_source_are_those_of_the_kind(kind: Kind) -> None:
    source = Source(body="102032", kind=kind, platform="html_list", url="https://reiji.example/")
    said = str(NeedsPermission(source, "https://reiji.example/1.html"))
    assert ("ask the assembly's office" in said) is (kind is Kind.MINUTES)
    assert f"kazami sources letter {source.id}" in said
    assert f"kazami sources grant {source.id}" in said
