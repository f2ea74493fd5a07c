"""A PDF of a few lines of text, by hand: enough to be downloaded and opened.

https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf
"""

_A4 = "0 0 595 842"


def pdf_of(lines: list[str]) -> bytes:
    """One page; what the standard font does not have becomes a question mark."""
    shown = b"".join(b"(%s) Tj T*\n" % _escaped(line) for line in lines)
    content = b"BT /F1 11 Tf 16 TL 60 780 Td\n" + shown + b"ET"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding %s >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>" % _A4.encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        font % b"/WinAnsiEncoding",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer << /Size %d /Root 1 0 R >>\n" % size
        + b"startxref\n%d\n%%%%EOF\n" % len(body)
    )


def _escaped(line: str) -> bytes:
    text = line.encode("cp1252", "replace")
    for sign in (b"\\", b"(", b")"):
        text = text.replace(sign, b"\\" + sign)
    return text
