"""Lists of AmiVoice: the days that are wanted, and an end."""

from __future__ import annotations

import pytest

from crawler.page import Follow, Listed, Page, PageChanged
from crawler.platforms import amivoice
from tests.builders import saved


def sessions(since: str | None = None, until: str | None = None) -> list[str | None]:
    page = Page("https://ami-search.amivoice.com/reiji/usr/search.exe", saved("amivoice/sessions"))
    cb_kwargs = {"base": "https://ami-search.amivoice.com/reiji/usr/", "city": "reiji"}
    answers = amivoice.parse_sessions(page, **cb_kwargs, since=since, until=until)
    return [each.listing for each in answers if isinstance(each, Follow) and each.listing]


def test_amivoice_opens_only_sessions_that_reach_into_the_wanted_days() -> None:
    assert len(sessions()) == 11
    recent = sessions(since="2023-07-01")
    assert recent == [name for name in sessions() if name and (name[1:5] >= "2023" or "-" in name)]
    assert all(name and name < "m2020" for name in sessions(until="2019-12-31"))


def test_amivoice_does_not_turn_a_page_for_ever() -> None:
    page = Page("https://ami-search.amivoice.com/reiji/usr/search.exe", saved("amivoice/sessions"))
    cb_kwargs = {"base": "https://ami-search.amivoice.com/reiji/usr/", "city": "reiji"}
    *_, onward = amivoice.parse_sessions(page, **cb_kwargs)
    assert isinstance(onward, Follow)
    button = b"param%5Bprocess%3Alist_vcsm%2Ccur_id%3A10%5D"
    assert onward.body == button + b".x=1&" + button + b".y=1"
    with pytest.raises(PageChanged, match="more sessions"):
        list(amivoice.parse_sessions(page, **onward.cb_kwargs))


def test_a_sitting_may_be_asked_for_without_its_ending() -> None:
    body = saved("amivoice/committee").replace(b".vcsv&", b"&")
    page = Page("https://ami-search.amivoice.com/reiji/usr/search.exe", body)
    cb_kwargs = {"base": "https://ami-search.amivoice.com/reiji/usr/", "city": "reiji"}
    sitting, listed = amivoice.parse_sittings(page, session="---0", **cb_kwargs)
    assert isinstance(sitting, Follow)
    assert ".vcsv&" in sitting.url
    assert isinstance(listed, Listed)
    assert listed.documents == (sitting.document,)
