"""What stands in lists of sittings and is none: rosters, contents, appendices."""

ATTACHED = ("目次", "名簿", "索引", "資料", "付録", "表紙", "奥付")
"""Words of labels on every vendor's lists; each prints some of its own beside them."""
