"""What an act's sentence says beside who and what: until when, how much, on which condition, how firmly."""
