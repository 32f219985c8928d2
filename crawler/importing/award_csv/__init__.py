"""Tables of awards as CSV: 調達ポータル's open data, towns' own tables, any by a mapping."""
