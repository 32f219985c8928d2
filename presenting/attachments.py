"""What became of attached files, in words and as JSON."""

from __future__ import annotations

from kazami.attachments import AttachmentState

ATTACHMENTS = {
    AttachmentState.READ: "本文あり",
    AttachmentState.UNREAD: "未取得または読めない形式",
    AttachmentState.NO_TEXT: "文字情報なし（画像のみ）",
    AttachmentState.ELSEWHERE: "別のサイトにあり、取得していません",
    AttachmentState.FORBIDDEN: "robots.txt により取得していません",
    AttachmentState.REFUSED: "大きすぎる、時間がかかりすぎる、または壊れている",
    AttachmentState.GONE: "公開元にもうありません",
}
