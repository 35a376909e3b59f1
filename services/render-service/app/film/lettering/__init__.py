"""How a scene's words are drawn: type set into blocks, blocks set into layouts, over a scrim."""
