"""The Japanese words for how sources stand and how their runs ended.

Apart from ``presenting.labels``, which every command line imports, since these need the crawler.
"""

from __future__ import annotations

from crawler.permission.standing import Standing
from crawler.running.report import Status

RUN_STATUS = {
    Status.OK: "正常",
    Status.LIMIT: "上限まで",
    Status.BLOCKED: "拒否された",
    Status.NEEDS_PERMISSION: "許可が必要",
    Status.SUSPENDED: "停止中（robots.txtの確認待ち）",
    Status.NOT_NOW: "時間外",
    Status.UNREACHABLE: "接続できない",
    Status.FAILED: "失敗",
    Status.INTERRUPTED: "中断",
}
"""How a source ended."""
STANDINGS = {
    Standing.ALLOWED: "可",
    Standing.GRANTED: "許可済み",
    Standing.NEEDS_PERMISSION: "要許可",
    Standing.REFUSED: "不許可",
    Standing.SUSPENDED: "停止中",
    Standing.UNKNOWN: "未確認",
}


HEALTHS = {
    **{status.replace(" ", "-"): label for status, label in RUN_STATUS.items()},
    "never": "未収集",
    "alarm": "正常（要確認）",
}
"""How a source is, by its last run: ``answers.sources.HEALTHS``."""


def health_label(health: str) -> str:
    """The label of a health; what a newer version wrote stays as it is."""
    return HEALTHS.get(health, health)
