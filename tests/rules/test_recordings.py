"""The list of recordings says how long each is, whatever telephone or recorder made it."""

import io
import wave

import pytest

from desk.rules.recordings import say_length, seconds_of


def spoken(seconds, *, rate=8000):
    """Return silence as a recorder keeps it."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(rate)
        made.writeframes(bytes(2 * rate * seconds))
    return kept.getvalue()


def mp4(seconds, *, version=0, scale=1000):
    """Return the part of an MP4 file that says how long it is."""
    wide = 8 if version else 4
    times = bytes(2 * wide) + scale.to_bytes(4) + (seconds * scale).to_bytes(wide)
    return b"\x00\x00\x00\x18ftypM4A " + b"mvhd" + bytes([version, 0, 0, 0]) + times


def ogg(seconds, head, rate):
    """Return the head and the last page of an Ogg file."""
    return b"OggS" + head + b"OggS\x00\x04" + (seconds * rate).to_bytes(8, "little")


VORBIS = b"\x01vorbis" + bytes(5) + (44_100).to_bytes(4, "little")
AMR = b"#!AMR\n" + (b"\x3c" + bytes(31)) * 50 * 7
MP3 = b"\xff\xfb\x90\x00" + bytes(16_000 * 7 - 4)  # 128 kbit/s
TAGGED = b"ID3\x04\x00\x00\x00\x00\x01\x00" + bytes(128) + MP3
HALF_RATE = b"\xff\xf3\x80\x00" + bytes(8_000 * 7 - 4)  # 64 kbit/s in version 2


def whole(content, media_type):
    return seconds_of(content, content, len(content), media_type)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (spoken(7), "audio/wav"),
        (mp4(7), "audio/mp4"),
        (mp4(7, version=1), "video/quicktime"),
        (AMR, "audio/amr"),
        (MP3, "audio/mpeg"),
        (TAGGED, "audio/mpeg"),
        (HALF_RATE, "audio/mpeg"),
        (ogg(7, b"OpusHead", 48_000), "audio/ogg"),
        (ogg(7, VORBIS, 44_100), "audio/ogg"),
    ],
    ids=["wav", "mp4", "mp4-wide", "amr", "mp3", "mp3-tagged", "mp3-slow", "opus", "vorbis"],
)
def test_seven_seconds_are_seven_seconds(content, media_type):
    assert whole(content, media_type) == 7


def test_a_long_recording_is_measured_without_reading_its_middle():
    content = spoken(60)
    assert seconds_of(content[:100], content[-100:], len(content), "audio/wav") == 60
    at_the_end = mp4(90)
    assert seconds_of(b"\x00\x00\x00\x18ftypM4A ", at_the_end, 9_000_000, "audio/mp4") == 90


def test_a_recorder_that_was_switched_off_is_measured_by_what_is_there():
    content = bytearray(spoken(7))
    at = content.find(b"data") + 4
    content[at : at + 4] = b"\x00\x00\x00\x00"
    assert whole(bytes(content), "audio/wav") == 7


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"RIFF\x00\x00\x00\x00WAVE", "audio/wav"),
        (b"RIFF....WAVEfmt " + bytes(20) + b"data" + bytes(8), "audio/wav"),
        (b"\x00\x00\x00\x18ftypM4A ", "audio/mp4"),
        (mp4(7, scale=0), "audio/mp4"),
        (b"#!AMR\n", "audio/amr"),
        (b"#!AMR-WB\n\x04", "audio/amr"),
        (b"\xff\xfb", "audio/mpeg"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00 no frame", "audio/mpeg"),
        (b"\xff\xfb\xf0\x00", "audio/mpeg"),
        (b"\xff\xfb\x00\x00", "audio/mpeg"),
        (b"nothing", "audio/ogg"),
        (ogg(7, b"another", 1), "audio/ogg"),
        (ogg(7, b"\x01vorbis" + bytes(20), 1), "audio/ogg"),
        (b"OggSOpusHeadOggS\x00\x04" + b"\xff" * 8, "audio/ogg"),
        (b"fLaC", "audio/flac"),
    ],
)
def test_what_does_not_say_how_long_it_is_has_no_length(content, media_type):
    assert whole(content, media_type) is None


def test_lengths_are_said_in_words():
    said = [say_length(48), say_length(185), say_length(3725)]
    assert said == ["48 秒", "3 分 05 秒", "1 时 02 分"]


def test_the_shortest_recording_is_a_second():
    assert whole(b"#!AMR\n" + b"\x3c" + bytes(31), "audio/amr") == 1
