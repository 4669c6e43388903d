"""The content author's side of the preview: what is spoken now, why, the whole menu, and question sets."""
