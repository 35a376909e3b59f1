"""What things are made of: solid, procedural materials in world coordinates."""

from functools import cache

import bpy

from nodes import Graph, Socket, material

Material = bpy.types.Material


@cache
def plain(code: str, roughness: float = 0.5, metallic: float = 0.0, coat: float = 0.0) -> Material:
    """One even colour."""
    made, g = material("plain")
    g.surface(
        g(
            "BsdfPrincipled",
            Base_Color=code,
            Roughness=roughness,
            Metallic=metallic,
            Coat_Weight=coat,
            Coat_Roughness=0.08,
        )
    )
    return made


@cache
def plaster(code: str = "#efe8dc", relief: float = 0.004) -> Material:
    """Lime render, trowelled by hand."""
    made, g = material("plaster")
    where = g.position()
    cloud = g.noise(where, 0.9, 5)
    tone = g.mix(g.math("MULTIPLY", cloud, 0.35), code, _darker(code, 0.80))
    height = g.math(
        "ADD", g.noise(where, 9, 6, 0.6), g.math("MULTIPLY", g.noise(where, 90, 3), 0.3)
    )
    g.surface(
        g("BsdfPrincipled", Base_Color=tone, Roughness=0.92, Normal=g.bump(height, relief, 0.6))
    )
    return made


@cache
def rubble(axes: str = "xzy") -> Material:
    """A wall of warm, roughly squared limestone; `axes` as in Graph.position."""
    made, g = material("rubble")
    where = g.position(axes)
    bent = g.mix(
        0.06, where, g("TexNoise", where, Scale=3.0, Detail=3, out="Color"), "LINEAR_LIGHT"
    )
    cells = g("Mapping", bent, Scale=(3.6, 6.6, 3.6))
    gap = g("TexVoronoi", cells, Scale=1, Randomness=0.72, feature="DISTANCE_TO_EDGE")
    hue = g("TexVoronoi", cells, Scale=1, Randomness=0.72, feature="F1", out="Color")
    shade = g("SeparateXYZ", hue)
    stone = g.ramp(shade, (0, "#b39a78"), (0.35, "#cdb795"), (0.7, "#dccbae"), (1, "#a89079"))
    grain = g.noise(where, 22, 8, 0.65)
    stone = g.mix(g.math("MULTIPLY", grain, 0.55), stone, "#8d7759", "MIX")
    face = g("MapRange", gap, 0.0, 0.10, 0.0, 1.0, interpolation_type="SMOOTHSTEP")
    height = g.math("ADD", face, g.math("MULTIPLY", grain, 0.5))
    g.surface(
        g(
            "BsdfPrincipled",
            Base_Color=g.mix(face, "#cbbca0", stone),
            Roughness=0.9,
            Normal=g.bump(height, 0.03),
        )
    )
    return made


@cache
def paving(
    code: str, size: tuple[float, float] = (0.9, 0.6), axes: str = "xyz", roughness: float = 0.55
) -> Material:
    """Slabs of natural stone in a running bond."""
    made, g = material("paving")
    where = g.position(axes)
    slabs = g(
        "TexBrick",
        where,
        Color1=code,
        Color2=_darker(code, 0.86),
        Mortar=_darker(code, 0.62),
        Scale=1.0,
        Mortar_Size=0.004,
        Brick_Width=size[0],
        Row_Height=size[1],
    )
    joint = slabs.node.outputs["Fac"]
    veins = g.noise(where, 5.0, 9, 0.68)
    tone = g.mix(g.math("MULTIPLY", veins, 0.4), slabs, _darker(code, 0.72))
    height = g.math("SUBTRACT", g.math("MULTIPLY", veins, 0.25), joint)
    gloss = g.math("ADD", roughness - 0.12, g.math("MULTIPLY", veins, 0.25))
    g.surface(g("BsdfPrincipled", Base_Color=tone, Roughness=gloss, Normal=g.bump(height, 0.004)))
    return made


@cache
def planks(light: str, dark: str, width: float = 0.16, axes: str = "yxz") -> Material:
    """A floor of long oiled boards."""
    made, g = material("planks")
    where = g.position(axes)
    boards = g(
        "TexBrick",
        where,
        Color1="#000000",
        Color2="#ffffff",
        Mortar="#000000",
        Scale=1.0,
        Mortar_Size=0.0015,
        Brick_Width=2.1,
        Row_Height=width,
        offset=0.37,
    )
    joint = boards.node.outputs["Fac"]
    shifted = g("VectorMath", where, g.mix(1.0, boards, "#000000"), operation="ADD")
    tone = _grain(g, g("Mapping", shifted, Scale=(0.9, 14, 1)), light, dark)
    varied = g.mix(g.math("MULTIPLY", boards, 0.35), tone, g.mix(1.0, tone, dark, "MULTIPLY"))
    final = g.mix(g.math("MULTIPLY", joint, 0.7), varied, "#2a1c10")
    g.surface(
        g(
            "BsdfPrincipled",
            Base_Color=final,
            Roughness=0.38,
            Normal=g.bump(g.math("MULTIPLY", joint, -1.0), 0.002),
        )
    )
    return made


@cache
def wood(light: str, dark: str, along: str = "x", roughness: float = 0.45) -> Material:
    """Solid wood with its grain along an axis of its object."""
    made, g = material("wood")
    stretch = {"x": (1.2, 16, 16), "y": (16, 1.2, 16), "z": (16, 16, 1.2)}[along]
    where = g.local(stretch)
    shifted = g(
        "VectorMath",
        where,
        g("CombineXYZ", *[g.math("MULTIPLY", g("ObjectInfo", out="Random"), 40.0)] * 3),
    )
    tone = _grain(g, shifted, light, dark)
    height = g.noise(shifted, 1.5, 6)
    g.surface(
        g(
            "BsdfPrincipled",
            Base_Color=tone,
            Roughness=roughness,
            Normal=g.bump(height, 0.002, 0.5),
        )
    )
    return made


def _grain(g: Graph, where: Socket, light: str, dark: str) -> Socket:
    fibres = g.noise(where, 1.6, 8, 0.62)
    return g.ramp(fibres, (0.30, dark), (0.48, light), (0.60, light), (0.78, dark))


@cache
def fabric(code: str, weave: float = 500.0, roughness: float = 0.95) -> Material:
    """Woven cloth."""
    made, g = material("fabric")
    where = g.local()
    slub = g.noise(where, 30, 4)
    threads = g.noise(g("Mapping", where, Scale=(1, 0.25, 1)), weave, 2)
    tone = g.mix(g.math("MULTIPLY", slub, 0.5), code, _darker(code, 0.78))
    height = g.math("ADD", threads, g.math("MULTIPLY", slub, 0.5))
    g.surface(
        g(
            "BsdfPrincipled",
            Base_Color=tone,
            Roughness=roughness,
            Sheen_Weight=0.25,
            Sheen_Roughness=0.5,
            Normal=g.bump(height, 0.002, 0.7),
        )
    )
    return made


@cache
def striped(first: str, second: str, width: float, axis: str = "X") -> Material:
    """Cloth in two colours, across an axis of its object."""
    made, g = material("striped")
    place = g("SeparateXYZ", g.local()).node.outputs[axis]
    band = g.math("GREATER_THAN", g.math("PINGPONG", place, width), width / 2)
    height = g.noise(g.local(), 400, 2)
    g.surface(
        g(
            "BsdfPrincipled",
            Base_Color=g.mix(band, first, second),
            Roughness=0.95,
            Sheen_Weight=0.2,
            Normal=g.bump(height, 0.002, 0.6),
        )
    )
    return made


@cache
def voile(code: str = "#f4efe6") -> Material:
    """Thin linen that lets light through."""
    made, g = material("voile")
    cloth = g("MixShader", 0.55, g("BsdfDiffuse", code), g("BsdfTranslucent", code))
    g.surface(g("MixShader", 0.12, cloth, g("BsdfTransparent")))
    return made


@cache
def leaf(first: str, second: str, back: float = 0.35, gloss: float = 0.55) -> Material:
    """Leaves: lit through, each copy a little different."""
    made, g = material("leaf")
    own = g.math("FRACT", g.math("ADD", g("ObjectInfo", out="Random"), g.island()))
    tone = g.mix(own, first, second)
    face = g("BsdfPrincipled", Base_Color=tone, Roughness=gloss, Specular_IOR_Level=0.3)
    g.surface(g("MixShader", back, face, g("BsdfTranslucent", tone)))
    return made


@cache
def pieces(*codes: str, roughness: float = 0.8, gloss_relief: float = 0.0) -> Material:
    """Tiles and the like: each connected piece has a colour of its own."""
    made, g = material("pieces")
    tone = g.ramp(g.island(), *[(n / (len(codes) - 1), code) for n, code in enumerate(codes)])
    stain = g.noise(g.position(), 6, 6, 0.65)
    tone = g.mix(g.math("MULTIPLY", stain, 0.45), tone, g.mix(1.0, tone, "#9a8d7c", "MULTIPLY"))
    relief = g.bump(g.noise(g.position(), 14, 3), 0.01, gloss_relief) if gloss_relief else None
    g.surface(g("BsdfPrincipled", Base_Color=tone, Roughness=roughness, Normal=relief))
    return made


@cache
def lit(code: str, strength: float) -> Material:
    """A thing that shines."""
    made, g = material("lit")
    g.surface(g("Emission", code, strength))
    return made


def _darker(code: str, by: float) -> str:
    parts = (int(int(code[n : n + 2], 16) * by) for n in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)
