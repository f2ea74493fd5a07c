"""Recordings and documents as experts send them: the first bytes tell what they are."""

from django.core.files.uploadedfile import SimpleUploadedFile

MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"sound" * 200
MP3_WITHOUT_TAGS = b"\xff\xfb\x90\x64" + b"\0" * 400
M4A = b"\0\0\0\x20ftypM4A \0\0\0\0" + b"sound" * 200
OPUS = b"OggS" + b"\0" * 22 + b"\x01\x13" + b"OpusHead" + b"sound" * 200
VORBIS = b"OggS" + b"\0" * 22 + b"\x01\x1e" + b"\x01vorbis" + b"sound" * 200
WAV = b"RIFF\x24\x04\0\0WAVEfmt " + b"sound" * 200
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"page" * 200


def file(content: bytes, name: str = "lecture.mp3") -> SimpleUploadedFile:
    """What a browser sends; what it calls itself proves nothing."""
    return SimpleUploadedFile(name, content, "application/x-whatever")
