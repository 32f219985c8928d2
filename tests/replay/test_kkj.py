"""The portal's API: every parameter of the guide, and everything that it leaves undefined."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from base64 import b64decode
from collections import Counter
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazami.document import Kind
from replay import ReplayServer, Reply
from replay.cms import TownSite
from replay.kkj import ProcurementPortal
from replay.kkj_notices import portal_notices
from replay.town_office import slugs, town_office
from tests.replay.test_server import get

TODAY = date(2026, 6, 1)
OFFICES = [town_office(slug, TODAY) for slug in slugs()]
NOTICES = portal_notices(OFFICES, TODAY)
CROWD = portal_notices(OFFICES, TODAY, crowd=1204)
CROWDED = "2026-05-29"
NEEDED = {"ResultId", "Key", "ExternalDocumentURI", "ProjectName", "Date", "FileType", "FileSize"}
NEEDED |= {"CftIssueDate", "ProjectDescription"}


def portal(crowd: bool = False, now: date = TODAY) -> ProcurementPortal:
    return ProcurementPortal(CROWD if crowd else NOTICES, now)


def ask(api: ProcurementPortal, **fields: str) -> Reply:
    reply = api.answer("GET", f"/api/?{urlencode(fields)}", b"", {})
    assert reply.status == 200
    return reply


def whole(reply: Reply) -> str:
    """What a lenient reader sees: two surrogates made one character again."""
    text = reply.body.decode("utf-8", "surrogatepass")
    return text.encode("utf-16", "surrogatepass").decode("utf-16")


def results(reply: Reply) -> list[dict[str, str]]:
    tree = ET.fromstring(whole(reply))
    assert tree.findtext("Version") == "1.0"
    return [
        {leaf.tag: leaf.text or "" for leaf in found if leaf.tag != "Attachments"}
        for found in tree.findall("SearchResults/SearchResult")
    ]


def hits(reply: Reply) -> int:
    return int(ET.fromstring(whole(reply)).findtext("SearchResults/SearchHits") or -1)


def error(reply: Reply) -> str | None:
    return ET.fromstring(whole(reply)).findtext("Error")


def keys(reply: Reply) -> set[str]:
    return {b64decode(each["Key"]).decode() for each in results(reply)}


def test_every_field_is_that_of_the_notice() -> None:
    found = results(ask(portal(), LG_Code="99", Count="1000"))
    truth = {each.key: each for each in NOTICES}
    assert len(found) == sum(each.prefecture == "99" for each in NOTICES)
    for each in found:
        notice = truth[b64decode(each["Key"]).decode()]
        assert set(each) >= NEEDED
        assert each["ProjectName"] == notice.name
        assert each["ProjectDescription"] == notice.text
        assert each["ExternalDocumentURI"] == notice.uri
        assert int(each["FileSize"]) == len(notice.text.encode())
        assert each["Date"] == notice.fetched.isoformat()
        assert each.get("OrganizationName") == notice.organization
        assert each.get("Category") == notice.category
        assert each.get("CityCode") == notice.city
        assert (each["CftIssueDate"] == each["Date"]) == (notice.issued is None)
        if notice.issued:
            assert each["CftIssueDate"] == f"{notice.issued}T00:00:00+09:00"


def test_every_tender_of_the_towns_is_there_with_its_six_digits() -> None:
    tenders = [n for office in OFFICES for n in office.notices if n.kind is Kind.TENDER]
    found = results(ask(portal(), LG_Code="99", Count="1000"))
    names = Counter(each["ProjectName"] for each in found if "CityCode" in each)
    assert not Counter(n.title for n in tenders) - names
    assert {each["CityCode"] for each in found if "CityCode" in each} == {
        office.body for office in OFFICES
    }


def test_ten_come_unasked_and_no_more_than_a_thousand() -> None:
    api = portal(crowd=True)
    fields = {"LG_Code": "99", "Category": "3", "CFT_Issue_Date": CROWDED}
    for count, given_back in ((None, 10), ("7", 7), ("1000", 1000), ("5000", 1000)):
        reply = ask(api, **fields, **({"Count": count} if count else {}))
        assert len(results(reply)) == given_back
        assert hits(reply) == 1204


def test_there_is_no_paging() -> None:
    api = portal(crowd=True)
    first = keys(ask(api, LG_Code="99", CFT_Issue_Date=CROWDED))
    assert first == keys(ask(api, LG_Code="99", CFT_Issue_Date=CROWDED, Start="11", Page="2"))


def test_organisations_cut_the_full_slice_further() -> None:
    api = portal(crowd=True)
    fields = {"LG_Code": "99", "Category": "3", "CFT_Issue_Date": CROWDED, "Count": "1000"}
    slices = [
        keys(ask(api, **fields, Organization_Name=name))
        for name in sorted({each.organization or "" for each in CROWD if str(each.day) == CROWDED})
    ]
    assert sum(len(each) for each in slices if each) == len(set().union(*slices)) == 1204


def test_the_order_of_elements_is_another_every_time_and_nothing_else() -> None:
    api = portal()
    one, other = (ask(api, Query="リスキリング", Count="1000") for _ in range(2))
    assert one.body != other.body
    assert results(one) == results(other)
    orders = set()
    for _ in range(12):
        tree = ET.fromstring(whole(ask(api, Query="リスキリング")))
        orders.add(tuple(leaf.tag for leaf in tree))
        listed = tree.find("SearchResults")
        assert listed is not None
        orders.add(listed[0].tag)
        result = listed.find("SearchResult")
        assert result is not None
        orders.add(result[0].tag)
    assert {("Version", "SearchResults"), ("SearchResults", "Version")} <= orders
    assert {"SearchHits", "SearchResult"} <= orders
    assert len(orders) > 6
    assert ask(portal(), Query="リスキリング").body == ask(portal(), Query="リスキリング").body


def test_nothing_is_indented() -> None:
    assert not re.search(rb">\s+<", ask(portal(), LG_Code="99", Count="1000").body)


def test_one_notice_comes_in_surrogates() -> None:
    body = ask(portal(), Organization_Name="架空市", Count="1000").body
    with pytest.raises(UnicodeDecodeError):
        body.decode()
    assert body.count(b"\xed\xa1\x82\xed\xbe\xb7") == 4  # 𠮷
    assert "𠮷野台".encode() not in body
    with pytest.raises(ET.ParseError):
        ET.fromstring(body)
    assert "𠮷野台集会所ほか屋根改修工事" in whole(Reply(body=body))


def test_one_description_is_a_megabyte_with_the_deadline_at_its_end() -> None:
    (found,) = results(ask(portal(), Project_Name="基幹系"))
    description = found["ProjectDescription"]
    assert len(description.encode()) > 2**20
    assert description.index("企画提案書の提出期限") > 103_000
    assert description.count("提出期限") == 1


def test_several_notices_share_an_address() -> None:
    found = results(ask(portal(), Query="架空省", Count="1000"))
    shared = Counter(each["ExternalDocumentURI"] for each in found)
    assert sorted(shared.values()) == [2, 2]
    assert len({each["Key"] for each in found}) == 4
    assert all(not {"LgCode", "PrefectureName", "CityCode"} & set(each) for each in found)
    assert {each["ProjectName"] for each in found} >= {"入札公告"}


def test_an_old_notice_comes_again_with_a_new_visit() -> None:
    (found,) = results(ask(portal(), Organization_Name="想定機構"))
    assert found["Date"].startswith("2026-05-31T")
    assert found["CftIssueDate"] == "2022-06-02T00:00:00+09:00"
    assert found["LgCode"] == "99"
    assert "CityCode" not in found


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-05-20/2026-05-29", "2026-05-20", "2026-05-29"),
        ("2026-05-20/", "2026-05-20", "9999-12-31"),
        ("/2026-05-20", "0001-01-01", "2026-05-20"),
        ("2026-05-26", "2026-05-26", "2026-05-26"),
    ],
)
def test_periods_hold_both_ends(period: str, first: str, last: str) -> None:
    found = keys(ask(portal(), LG_Code="99", CFT_Issue_Date=period, Count="1000"))
    assert found == {
        each.key for each in NOTICES if each.prefecture == "99" and first <= str(each.day) <= last
    }
    assert found


def test_the_other_periods_ask_their_own_days() -> None:
    api = portal()
    started = results(ask(api, LG_Code="99", Tender_Submission_Deadline="2026-06-01/"))
    assert started
    assert all(each["TenderSubmissionDeadline"] >= "2026-06-01" for each in started)
    opened = results(ask(api, Query="調査研究", Opening_Tenders_Event="2026-06-17"))
    assert [each["OpeningTendersEvent"] for each in opened] == ["2026-06-17T00:00:00+09:00"]
    assert hits(ask(api, LG_Code="99", Period_End_Time="2026-12-18")) == 1


@pytest.mark.parametrize(
    ("fields", "many"),
    [
        ({"Query": "生成ＡＩ"}, 3),
        ({"Query": "生成ＡＩ ANDNOT 雛形村"}, 2),
        ({"Query": "デマンド OR 書かない窓口", "Category": "3"}, 3),
        ({"Project_Name": "再公告"}, 1),
        ({"Project_Name": "再公告", "Organization_Name": "架空市"}, 0),
        ({"Query": "提出期限", "Certification": "A,D"}, 2),
        ({"Organization_Name": "架空省", "Category": "2"}, 2),
        ({"Organization_Name": "架空省", "Category": "1", "Procedure_Type": "1"}, 1),
        ({"LG_Code": "99", "Procedure_Type": "2"}, 1),
        ({"LG_Code": "01,99", "Project_Name": "庁舎清掃"}, 1),
        ({"LG_Code": "01"}, 0),
        ({"Organization_Name": "例示地方整備局", "LG_Code": "99"}, 0),
    ],
)
def test_parameters_are_all_needed_together(fields: dict[str, str], many: int) -> None:
    assert hits(ask(portal(), **fields)) == many


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "internal error"),
        ({"Category": "3"}, "internal error"),
        ({"Query": ""}, "internal error"),
        ({"LG_Code": "99", "Category": "役務"}, "internal error"),
        ({"LG_Code": "99", "Category": "4"}, "internal error"),
        ({"LG_Code": "7"}, "internal error"),
        ({"LG_Code": "99", "Count": "0"}, "internal error"),
        ({"LG_Code": "99", "Count": "many"}, "internal error"),
        ({"LG_Code": "99", "Certification": "E"}, "internal error"),
        ({"Query": "ア"}, "Only one Kana character in search expression"),
        ({"Organization_Name": "市 AND の"}, "Only one Kana character in search expression"),
        ({"LG_Code": "99", "CFT_Issue_Date": "2026/05/20"}, "Invalid Date Parameter"),
        ({"LG_Code": "99", "CFT_Issue_Date": "2026-02-30"}, "Invalid Date Parameter"),
        ({"LG_Code": "99", "CFT_Issue_Date": "2026-05-20/2026-05-19"}, "Invalid Date Parameter"),
        ({"LG_Code": "99", "Opening_Tenders_Event": "/"}, "Invalid Date Parameter"),
        ({"LG_Code": "99", "Period_End_Time": "令和8年5月20日"}, "Invalid Date Parameter"),
    ],
)
def test_refusals_come_as_answers(fields: dict[str, str], message: str) -> None:
    reply = ask(portal(), **fields)
    assert error(reply) == message
    assert b"SearchHits" not in reply.body
    assert reply.status == 200


@pytest.mark.parametrize("message", ["search disabled", "service does not exist"])
def test_the_portal_can_be_out_of_order(message: str) -> None:
    api = portal()
    api.error = message
    assert error(ask(api, LG_Code="99")) == message
    api.error = ""
    assert error(ask(api, LG_Code="99")) is None


def test_a_form_is_asked_as_a_query_is_but_not_both() -> None:
    fields = urlencode({"Query": "備蓄", "Count": "1000"}).encode()
    posted = portal().answer("POST", "/api/", fields, {})
    assert posted == portal().answer("GET", f"/api/?{fields.decode()}", b"", {})
    assert error(portal().answer("POST", "/api/?Count=10", fields, {})) == "internal error"
    twice = portal().answer("GET", f"/api/?{fields.decode()}&Query=x", b"", {})
    assert error(twice) == "internal error"
    sjis = urlencode({"Query": "備蓄"}, encoding="cp932")
    assert error(portal().answer("GET", f"/api/?{sjis}", b"", {})) == "internal error"
    assert portal().answer("GET", "/api/other", b"", {}).status == 404


def test_what_was_not_visited_yet_is_not_found() -> None:
    assert hits(ask(portal(now=date(2026, 5, 26)), Project_Name="再公告")) == 0
    assert hits(ask(portal(now=date(2026, 5, 27)), Project_Name="再公告")) == 1


DAYS = st.dates(TODAY - timedelta(days=60), TODAY)


@settings(deadline=None, max_examples=40)
@given(first=DAYS, middle=DAYS, last=DAYS)
def test_a_period_has_what_its_parts_have(first: date, middle: date, last: date) -> None:
    first, middle, last = sorted((first, middle, last))
    api = portal()

    def many(period: str, **fields: str) -> int:
        return hits(ask(api, LG_Code="99", CFT_Issue_Date=period, Count="1", **fields))

    after = middle + timedelta(days=1)
    halves = many(f"{first}/{middle}") + (many(f"{after}/{last}") if after <= last else 0)
    assert many(f"{first}/{last}") == halves
    assert halves == sum(many(f"{first}/{last}", Category=number) for number in "123")


def test_the_portal_leads_to_the_towns_own_pages() -> None:
    sites = {office.slug: TownSite(office, "fourweb") for office in OFFICES}
    with ReplayServer(sites=dict(sites)) as server:
        notices = portal_notices(
            OFFICES,
            TODAY,
            address=lambda office, notice, file: sites[office.slug].address(
                server.url, notice, file
            ),
        )
        server.sites |= ProcurementPortal(notices, TODAY).sites
        asked = urlencode({"Project_Name": "書かない窓口"})
        tree = ET.fromstring(get(f"{server.url}/api/?{asked}"))
        uri = tree.findtext("SearchResults/SearchResult/ExternalDocumentURI") or ""
        assert "書かない窓口システム構築及び運用保守業務" in get(uri).decode()
        files = [each.text or "" for each in tree.iter("Uri")]
        assert len(files) == 4
        assert get(next(url for url in files if url.endswith(".pdf"))).startswith(b"%PDF")
