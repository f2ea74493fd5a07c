"""Tables for a spreadsheet, written row by row: a long one takes no more memory.

Two formats. CSV is what a French Excel opens by double-click: UTF-8 with a byte order
mark (without it, accents break), semicolons, because the comma is the decimal sign.
XLSX is for everybody else, and for amounts and dates that are ones.

Texts come from customers, so none may become a formula. OWASP's advice, and beyond:
https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING

from django.utils.timezone import localtime

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# An amount is a Decimal in its currency's main unit, beside a cell that names it.
Cell = str | int | Decimal | datetime | None
Row = Sequence[Cell]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# What Excel allows; beyond it, another sheet begins.
ROWS_PER_SHEET = 1_048_576
COLUMN_WIDTH = 20

_LINES_AT_ONCE = 200
# How a formula begins, in full-width and small forms too; also behind what another
# program, or another country's Excel, may take for the end of the cell before.
_FORMULA = re.compile(r"(^|[,;|\"])([\s\u200b-\u200f\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula or for two cells."""
    return _FORMULA.sub(r"\1'\2", _CONTROL.sub(" ", text))


def csv_chunks(titles: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """The table as CSV, some lines at a time."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    text.write("\ufeff")
    writer.writerow([harmless(title) for title in titles])
    for count, row in enumerate(rows, start=1):
        writer.writerow([_as_text(cell) for cell in row])
        if count % _LINES_AT_ONCE == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def xlsx_file(
    titles: Sequence[str],
    rows: Iterable[Row],
    *,
    rows_per_sheet: int = ROWS_PER_SHEET,
) -> IO[bytes]:
    """The table as an open temporary XLSX file, which goes when it is closed."""
    # Two megabytes, for the few processes that ever make one.
    from xlsxwriter import Workbook

    file = tempfile.TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    with Workbook(file, {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        amount = book.add_format({"num_format": "#,##0.00##"})
        sheet, line = _new_sheet(book, titles, bold), 1
        for row in rows:
            if line == rows_per_sheet:
                sheet, line = _new_sheet(book, titles, bold), 1
            for column, cell in enumerate(row):
                _write(sheet, line, column, cell, moment=moment, amount=amount)
            line += 1
    file.seek(0)
    return file


def _new_sheet(book: "Workbook", titles: Sequence[str], bold: "Format") -> "Worksheet":
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(titles) - 1, COLUMN_WIDTH)
    for column, title in enumerate(titles):
        sheet.write_string(0, column, harmless(title), bold)
    return sheet


def _write(
    sheet: "Worksheet",
    line: int,
    column: int,
    cell: Cell,
    *,
    moment: "Format",
    amount: "Format",
) -> None:
    match cell:
        case None:
            return
        case str():
            # Never `write`, which guesses: a formula, a link, a number.
            sheet.write_string(line, column, harmless(cell))
        case datetime():
            # Excel knows no time zones: the shop's own.
            naive = localtime(cell).replace(tzinfo=None)
            sheet.write_datetime(line, column, naive, moment)
        case Decimal():
            sheet.write_number(line, column, cell, amount)
        case _:
            sheet.write_number(line, column, cell)


def _as_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return harmless(cell)
        case datetime():
            return f"{localtime(cell):%Y-%m-%d %H:%M}"
        case Decimal():
            return f"{cell:f}".replace(".", ",")
        case _:
            return str(cell)
