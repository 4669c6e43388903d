"""What people send besides text, as the fields of a message."""

from __future__ import annotations

from bot.preview.refusals import Json

FILE: Json = {"file_id": "AgADPREVIEW", "file_unique_id": "PREVIEW", "file_size": 20480}

MEDIA: dict[str, Json] = {
    "photo": {"photo": [{**FILE, "width": 90, "height": 67}, {**FILE, "width": 800, "height": 600}]},
    "voice": {"voice": {**FILE, "duration": 4, "mime_type": "audio/ogg"}},
    "video": {"video": {**FILE, "width": 640, "height": 480, "duration": 9, "mime_type": "video/mp4"}},
    "sticker": {
        "sticker": {
            **FILE, "width": 512, "height": 512, "type": "regular",
            "is_animated": False, "is_video": False, "emoji": "\N{BABY}", "set_name": "preview",
        },
    },
    "document": {"document": {**FILE, "file_name": "growth-chart.pdf", "mime_type": "application/pdf"}},
    "location": {"location": {"latitude": 51.4779, "longitude": -0.0015}},
    "contact": {"contact": {"phone_number": "+441632960000", "first_name": "Robin"}},
    "poll": {
        "poll": {
            "id": "6000000000000", "question": "Forwards or backwards?", "type": "regular",
            "is_anonymous": True, "options": [
                {"persistent_id": "0", "text": "Forwards", "voter_count": 0},
                {"persistent_id": "1", "text": "Backwards", "voter_count": 0},
            ],
            "total_voter_count": 0, "is_closed": False, "allows_multiple_answers": False,
            "allows_revoting": True, "members_only": False,
        },
    },
}  # fmt: skip
