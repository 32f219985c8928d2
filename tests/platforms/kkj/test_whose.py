"""Under which body a notice stands: by the printed name, then by the codes, never by a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.platforms.kkj.whose import body_of
from kazami.bodies import UNKNOWN_BODY, load_bodies

MINISTRY = load_bodies().find("国土交通省").code


@pytest.mark.parametrize(
    ("organisation", "prefecture", "city", "body"),
    [
        ("群馬県桐生市", "10", "102032", "102032"),
        ("群馬県 桐生市 水道局", "10", "", "102032"),
        ("群馬県桐生市", "", "", "102032"),
        ("桐生市", "10", "", "102032"),
        ("桐生市", "", "", UNKNOWN_BODY),  # no code says where, and it is not the whole name
        ("群馬県", "10", "", "100005"),
        ("群馬県教育委員会", "10", "", "100005"),
        ("群馬県", "10", "102032", "100005"),  # the guide: the code may say where only
        ("宮城県塩竃市", "04", "", "042030"),
        ("茨城県龍ケ崎市", "8", "", "082082"),  # a zero lost in front
        ("群馬県北群馬郡榛東村", "10", "", "103446"),
        ("神奈川県横浜市鶴見区", "14", "141011", "141003"),
        ("東京都千代田区", "13", "131016", "131016"),
        ("北海道", "01", "", "010006"),
        ("水道局", "10", "102032", "102032"),
        ("教育委員会", "10", "10203", "102032"),
        ("教育委員会", "10", "203", "102032"),
        ("教育委員会", "1", "1100", "011002"),
        ("", "10", "102032", "102032"),
        ("", "10", "", UNKNOWN_BODY),
        ("", "", "", UNKNOWN_BODY),
        ("群馬県例示市", "10", "", UNKNOWN_BODY),
        ("桐生地域例示組合", "10", "102032", UNKNOWN_BODY),
        ("群馬県例示広域連合", "10", "", UNKNOWN_BODY),
        ("公立大学法人例示大学", "10", "100005", UNKNOWN_BODY),
        ("株式会社例示", "10", "102032", UNKNOWN_BODY),
        ("太田市", "", "102032", UNKNOWN_BODY),  # another town's name than the code's
        ("国土交通省", "", "", MINISTRY),
        ("国土交通省関東地方整備局例示国道事務所", "11", "111007", MINISTRY),
        ("関東地方整備局", "11", "", MINISTRY),
        ("北海道開発局", "01", "", MINISTRY),
        ("国立印刷局", "", "", load_bodies().find("独立行政法人国立印刷局").code),
        ("独立行政法人 国立印刷局", "", "", load_bodies().find("独立行政法人国立印刷局").code),
        ("国立大学法人群馬大学", "10", "102016", load_bodies().find("国立大学法人群馬大学").code),
        ("前橋地方裁判所", "10", "102016", load_bodies().find("最高裁判所").code),
        ("桐生税務署", "10", "102032", load_bodies().find("国税庁").code),
        ("衆議院", "", "", load_bodies().find("衆議院事務局").code),
        ("架空省", "", "", UNKNOWN_BODY),
        ("架空省例示地方整備局", "", "", UNKNOWN_BODY),
        ("独立行政法人例示機構", "10", "102032", UNKNOWN_BODY),
    ],
)
def test_the_name_says_whose_and_the_codes_where(
    organisation: str, prefecture: str, city: str, body: str
) -> None:
    assert body_of(organisation, prefecture, city) == body


def test_every_local_body_is_found_by_its_whole_name_and_by_its_code() -> None:
    for body in load_bodies().local:
        assert body_of(body.full_name, body.pref_code, body.code) == body.code
        assert body_of(body.full_name) == body.code
        assert body_of("", body.pref_code, body.code) == body.code
        assert body_of("", body.pref_code.lstrip("0"), body.code.lstrip("0")) == body.code


def test_every_organ_of_the_state_is_found_by_its_name() -> None:
    for body in load_bodies().national:
        if body.code != UNKNOWN_BODY:
            assert body_of(body.name) == body.code


@given(st.text(), st.text(max_size=3), st.text(max_size=7))
def test_whatever_stands_there_some_body_has_it(name: str, prefecture: str, city: str) -> None:
    assert load_bodies().get(body_of(name, prefecture, city)) is not None
