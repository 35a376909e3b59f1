"""transcription-service: turns what is said in videos and audio into text."""
