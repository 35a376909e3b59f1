"""Glass and water. Rays that only carry light pass them: no caustics have to be found."""

from functools import cache

import bpy

from nodes import Graph, Socket, material

Material = bpy.types.Material


@cache
def pane() -> Material:
    """Window glass: mirrors at a slant, otherwise clear; casts no shadow."""
    made, g = material("pane")
    edge = g("Fresnel", IOR=1.45)
    clear = g("BsdfTransparent", "#f3f7f5")
    seen = g("MixShader", edge, clear, g("BsdfGlossy", "#ffffff", Roughness=0.0))
    g.surface(g("MixShader", _indirect(g), seen, g("BsdfTransparent")))
    return made


@cache
def basin(axes: str = "xyz") -> Material:
    """A pool's mosaic. It glows faintly, for the light that water scatters into its own shade."""
    made, g = material("basin")
    tiles = g(
        "TexBrick",
        g.position(axes),
        Color1="#a4dad8",
        Color2="#86c6c8",
        Mortar="#cfe8e4",
        Scale=1.0,
        Mortar_Size=0.003,
        Brick_Width=0.06,
        Row_Height=0.06,
    )
    g.surface(
        g(
            "BsdfPrincipled",
            Base_Color=tiles,
            Roughness=0.25,
            Emission_Color="#3fa9b8",
            Emission_Strength=0.35,
        )
    )
    return made


@cache
def pool_water() -> Material:
    """Clear water, gently moving; the basin's tiles give it its colour."""
    made, g = material("water")
    where = g.position()
    waves = g.math("ADD", g.noise(where, 1.3, 2), g.math("MULTIPLY", g.noise(where, 4.5, 3), 0.3))
    normal = g.bump(waves, 0.05, 0.75)
    seen = g(
        "MixShader",
        g("Fresnel", IOR=1.33, Normal=normal),
        g("BsdfRefraction", "#cdf0f0", Roughness=0.0, IOR=1.2, Normal=normal),
        g("BsdfGlossy", "#ffffff", Roughness=0.0, Normal=normal),
    )
    g.surface(g("MixShader", _indirect(g), seen, g("BsdfTransparent", "#bfeaea")))
    return made


def _indirect(g: Graph) -> Socket:
    """1 for rays that only carry light: they pass, so no caustics have to be found."""
    path = g("LightPath").node.outputs
    return g.math("MAXIMUM", path["Is Shadow Ray"], path["Is Diffuse Ray"])
