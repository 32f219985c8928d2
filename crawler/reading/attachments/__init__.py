"""The text of files that notices link to, read by a process of its own."""

from crawler.reading.attachments.reading import (
    AttachmentLimits,
    AttachmentText,
    Piece,
    attachment_text,
)

__all__ = ["AttachmentLimits", "AttachmentText", "Piece", "attachment_text"]
