"""Feeds of invented towns, as other programs than those known print them, with right values."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from crawler.page import Follow, Page
from crawler.platforms.feed import parse_feed

HOST = "www.city.mihon.example"


@dataclass(frozen=True)
class OtherFeed:
    """``right``: key, day and title of each entry, in order; ``""`` for no day."""

    name: str
    text: str
    right: tuple[tuple[str, str, str], ...]
    charset: str = "utf-8"
    kind: str = "application/xml"

    @property
    def page(self) -> Page:
        body = self.text.strip("\n").encode(self.charset)
        return Page(f"https://{HOST}/rss/news.xml", body, self.kind)


FEEDS = [
    OtherFeed(
        "rss1-prefixed",
        """
<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="ja">
<channel rdf:about="https://www.city.mihon.example/"><title>見本市</title>
<link>https://www.city.mihon.example/</link><items><rdf:Seq>
<rdf:li rdf:resource="https://www.city.mihon.example/soshiki/1/2.html"/></rdf:Seq></items></channel>
<item rdf:about="https://www.city.mihon.example/soshiki/1/2.html">
<title>入札公告（６月１日）</title><link>https://www.city.mihon.example/soshiki/1/2.html</link>
<dc:date>2026-06-01T08:30+09:00</dc:date><dc:creator>契約課</dc:creator></item>
<item rdf:about="https://www.city.mihon.example/soshiki/1/3.html">
<title>お知らせ</title><link>https://www.city.mihon.example/soshiki/1/3.html</link>
<dc:date>2026-05-31T15:30:00Z</dc:date></item>
</rdf:RDF>
""",
        (
            (f"{HOST}/soshiki/1/2.html", "2026-06-01", "入札公告（６月１日）"),
            (f"{HOST}/soshiki/1/3.html", "2026-06-01", "お知らせ"),
        ),
    ),
    OtherFeed(
        "rss2-guid-only",
        """
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>見本市</title><link>https://www.city.mihon.example/</link>
<item><title><![CDATA[<b>重要</b>なお知らせ]]></title>
<guid isPermaLink="true">https://www.city.mihon.example/a/1.html</guid>
<pubDate>Mon, 01 Jun 2026 00:00:00 +0900</pubDate></item>
<item><title>ごみ収集 &amp; 資源回収</title><link>/a/2.html</link>
<pubDate>Sun, 31 May 2026 20:00:00 GMT</pubDate></item>
<item><title>日付なし</title><link>../b/3.html#top</link></item>
</channel></rss>
""",
        (
            (f"{HOST}/a/1.html", "2026-06-01", "重要なお知らせ"),
            (f"{HOST}/a/2.html", "2026-06-01", "ごみ収集 & 資源回収"),
            (f"{HOST}/b/3.html", "", "日付なし"),
        ),
    ),
    OtherFeed(
        "atom-two-links",
        """
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>見本市</title>
<link rel="self" href="https://www.city.mihon.example/atom.xml"/><updated>2026-06-05T00:00:00+09:00</updated>
<id>tag:www.city.mihon.example,2026:/</id>
<entry><title type="html">プロポーザル&lt;br /&gt;募集</title>
<link rel="enclosure" type="application/pdf" href="https://www.city.mihon.example/d/1/y.pdf"/>
<link rel="alternate" type="text/html" href="https://www.city.mihon.example/d/1/"/>
<id>tag:www.city.mihon.example,2026:/d/1/</id>
<published>2026-05-28T10:00:00+09:00</published><updated>2026-06-04T10:00:00+09:00</updated></entry>
</feed>
""",
        ((f"{HOST}/d/1/", "2026-05-28", "プロポーザル 募集"),),
    ),
    OtherFeed(
        "rss091-sjis",
        """
<?xml version="1.0" encoding="Shift_JIS"?>
<rss version="0.91"><channel><title>見本市</title><link>https://www.city.mihon.example/</link>
<item><title>①髙台公園の工事～お知らせ</title><link>https://www.city.mihon.example/x.php?id=7</link></item>
</channel></rss>
""",
        ((f"{HOST}/x.php?id=7", "", "①髙台公園の工事～お知らせ"),),
        "cp932",
    ),
    OtherFeed(
        "japanese-days",
        """
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>見本市</title><link>https://www.city.mihon.example/</link>
<item><title>一</title><link>https://www.city.mihon.example/1</link>
<pubDate>2026/06/01 17:15</pubDate></item>
<item><title>二</title><link>https://www.city.mihon.example/2</link>
<pubDate>令和8年6月2日</pubDate></item>
<item><title>三</title><link>https://www.city.mihon.example/3</link>
<pubDate>2026年6月3日 10時00分</pubDate></item>
<item><title>四</title><link>https://www.city.mihon.example/4</link>
<pubDate>Thu, 4 Jun 2026 23:50:00 JST</pubDate></item>
<item><title>五</title><link>https://www.city.mihon.example/5</link>
<pubDate>0000-00-00 00:00:00</pubDate></item>
</channel></rss>
""",
        (
            (f"{HOST}/1", "2026-06-01", "一"),
            (f"{HOST}/2", "2026-06-02", "二"),
            (f"{HOST}/3", "2026-06-03", "三"),
            (f"{HOST}/4", "2026-06-04", "四"),
            (f"{HOST}/5", "", "五"),
        ),
    ),
    OtherFeed(
        "same-page-twice",
        """
\ufeff<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>見本市</title>
<link>https://www.city.mihon.example/</link>
<item><title>募集（更新）</title><link>http://www.city.mihon.example/p/index.html</link>
<dc:date>2026-06-08T09:00:00+09:00</dc:date></item>
<item><title>募集</title><link>https://www.city.mihon.example/p/?utm_source=rss</link>
<dc:date>2026-06-01T09:00:00+09:00</dc:date></item>
</channel></rss>
""",
        ((f"{HOST}/p/", "2026-06-01", "募集（更新）"),),
        kind="text/xml; charset=utf-8",
    ),
    OtherFeed(
        "euc-and-bare-ampersand",
        """
<?xml version="1.0" encoding="EUC-JP"?>
<rss version="2.0"><channel><title>見本市</title><link>https://www.city.mihon.example/</link>
<item><title>Ｑ&Ａを更新</title><link>https://www.city.mihon.example/q.cgi?a=1&b=2</link>
<pubDate>Fri, 5 Jun 2026 09:00:00 +0900</pubDate></item>
</channel></rss>
""",
        ((f"{HOST}/q.cgi?a=1&b=2", "2026-06-05", "Ｑ&Ａを更新"),),
        "euc-jp",
        "application/rss+xml",
    ),
    OtherFeed(
        "extensions-and-stylesheet",
        """
<?xml version="1.0" encoding="UTF-8" ?>
<?xml-stylesheet type="text/xsl" href="/rss.xsl"?>
<!-- made 2026-06-09 -->
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>見本市</title><link>https://www.city.mihon.example/</link>
<atom:link href="https://www.city.mihon.example/feed" rel="self" type="application/rss+xml"/>
<lastBuildDate>Tue, 09 Jun 2026 00:00:00 +0900</lastBuildDate>
<item><title>
   落札結果
   （５月分）
</title><link>
https://www.city.mihon.example/r/5.html
</link><media:content url="https://www.city.mihon.example/r/5.jpg"><media:title>写真</media:title></media:content>
<pubDate>Sat, 6 Jun 2026 00:00:00 +09:00</pubDate><description/></item>
</channel></rss>
""",
        ((f"{HOST}/r/5.html", "2026-06-06", "落札結果 （５月分）"),),
    ),
]


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
def test_each_entry_has_its_key_day_and_title(feed: OtherFeed) -> None:
    answers = parse_feed(feed.page, "announcement", [HOST])
    follows = [each for each in answers if isinstance(each, Follow)]
    found = [
        (each.document, each.day.isoformat() if each.day else "", each.cb_kwargs["item"]["title"])
        for each in follows
    ]
    assert tuple(found) == feed.right
