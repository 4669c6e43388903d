"""The methods that send pictures, and change them or what is said below them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.preview.entities import units
from bot.preview.messages import MessageWriting, to_wording
from bot.preview.pictures import UploadedPicture
from bot.preview.refusals import Json, Violation

CAPTION_UNITS = 1024
# Parameter, and the field of the message that it becomes.
LOOKS = (("show_caption_above_media", "show_caption_above_media"), ("has_spoiler", "has_media_spoiler"))


class PhotoWriting(MessageWriting):
    """Messages that are a picture."""

    def methods(self) -> dict[str, Callable[[Json], Any]]:
        """What this part of the Bot API answers."""
        return {
            "sendPhoto": self.send,
            "editMessageCaption": self.edit_caption,
            "editMessageMedia": self.edit_media,
        }

    def send(self, parameters: Json) -> Json:
        """A new picture: an upload, or one that was sent before."""
        chat = self._world.open_chat(parameters["chat_id"])
        return self._post(parameters, chat, **self._details(parameters, self._picture(parameters["photo"])))

    def edit_caption(self, parameters: Json) -> Json | bool:
        """New words below a picture, or none."""
        message = self._own(parameters)
        if message.photo is None:
            raise Violation("there is no caption in the message to edit")
        return self._change(message, parameters, **self._details(parameters, message.photo))

    def edit_media(self, parameters: Json) -> Json | bool:
        """Another picture, also in the place of a text."""
        if "inline_message_id" in parameters:
            raise Violation("pictures in inline messages are not supported by the preview")
        message, media = self._own(parameters), parameters["media"]
        if media["type"] != "photo":
            raise Violation("media other than photos is not supported by the preview")
        return self._change(message, parameters, text="", **self._details(media, self._picture(media["media"])))

    def _picture(self, source: Any) -> UploadedPicture:
        if not isinstance(source, str):
            raise Violation("there is no photo in the request")
        return self._world.pictures.take(source, self._world.files)

    def _details(self, parameters: Json, picture: UploadedPicture) -> Json:
        caption, entities = to_wording(parameters, self._world.report, "caption", "caption_entities")
        if units(caption) > CAPTION_UNITS:
            raise Violation("message caption is too long")
        content: Json = {"photo": picture.to_json()}
        if caption:
            content["caption"] = caption
        content |= {field: True for name, field in LOOKS if parameters.get(name)}
        return {"photo": picture, "content": content, "entities": entities}
