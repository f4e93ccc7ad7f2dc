"""A text as some program left it -> the same as Markdown that a person would type."""

from __future__ import annotations

from sitrep.reading.mails.mail_bodies import with_words_of_mail, without_quotation
from sitrep.reading.markup.bare_chats import with_named_messages
from sitrep.reading.markup.channels import without_senders
from sitrep.reading.markup.html_line_breaks import with_broken_lines
from sitrep.reading.markup.network_pages import without_buttons
from sitrep.reading.markup.note_marks import without_note_marks
from sitrep.reading.markup.office_marks import without_office_marks
from sitrep.reading.markup.other_markup import as_markdown
from sitrep.reading.markup.references import without_lost_references
from sitrep.reading.markup.signal_dumps import without_envelopes


def without_marks_of_programs(text: str) -> str:
    """The text without what word processors, chats, mails, notes and other languages of marks put into it. It
    is itself where there is nothing of theirs. Linear time."""
    text = without_envelopes(with_broken_lines(without_quotation(with_words_of_mail(text))))
    text = with_named_messages(as_markdown(text))
    text = without_note_marks(without_office_marks(without_buttons(without_senders(text))))
    return without_lost_references(text)
