"""Whose data it was: who is named, their part in it, and the incidents that the article reports."""
