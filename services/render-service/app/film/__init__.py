"""The local film renderer: a script and photos in; scene clips, film, captions and poster out.

No HTTP, database or broker in here. How a film comes about:

1. `pictures`  – every untrusted photo is decoded once, in a child process, into working planes;
2. `plan`      – script + frame format + working pictures → shots, laid on a `timeline` that is
                 cut into segments: scene bodies and the cross-fades between them;
3. `segments`  – each segment's frames are drawn and encoded exactly once, in a child process;
4. `assembly`  – the segments are joined without encoding again; soundtrack, poster, captions.

`studio.FilmStudio` conducts this from the event loop; `worker` is the child's side of it. What
travels between them is in `jobs`; a shot's frames come from a `sources.FrameSource`.
"""
