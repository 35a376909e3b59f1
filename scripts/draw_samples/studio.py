"""Camera, light, sky and the renderer."""

from math import cos, radians, sin
from pathlib import Path

import bpy
from PIL import Image

import clear
import materials
from nodes import Graph, colour
from picture_file import keep
from shapes import Point


def empty_scene() -> None:
    """Forget everything that was built."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for made in (*vars(materials).values(), *vars(clear).values()):
        if hasattr(made, "cache_clear"):
            made.cache_clear()


def camera(at: Point, azimuth: float, lens: float, shift: float = 0.0, focus: float = 0) -> None:
    """A level camera, so that uprights stay upright; `azimuth` in degrees clockwise from north.

    `lens` is in mm on a 36 mm frame, `shift` moves the frame up by a part of its width.
    """
    data = bpy.data.cameras.new("camera")
    data.lens, data.shift_y, data.clip_end = lens, shift, 50_000
    if focus:
        data.dof.use_dof = True
        data.dof.focus_distance, data.dof.aperture_fstop = focus, 4.0
    eye = bpy.data.objects.new("camera", data)
    eye.location = at
    eye.rotation_euler = (radians(90), 0, radians(-azimuth))
    bpy.context.scene.collection.objects.link(eye)
    bpy.context.scene.camera = eye


def _toward(azimuth: float, elevation: float) -> tuple[float, float, float]:
    flat = cos(radians(elevation))
    return (
        flat * sin(radians(azimuth)),
        flat * cos(radians(azimuth)),
        sin(radians(elevation)),
    )


def sun(azimuth: float, elevation: float, code: str, strength: float, size: float = 1.2) -> None:
    """Sunlight from a direction in degrees; `size` is the width of the disc, for soft shadows."""
    data = bpy.data.lights.new("sun", "SUN")
    data.color, data.energy, data.angle = colour(code)[:3], strength, radians(size)
    lamp = bpy.data.objects.new("sun", data)
    lamp.rotation_euler = (radians(90 - elevation), 0, radians(180 - azimuth))
    bpy.context.scene.collection.objects.link(lamp)


def glow(at: Point, code: str, watts: float, radius: float = 0.05) -> None:
    """A lamp."""
    data = bpy.data.lights.new("glow", "POINT")
    data.color, data.energy, data.shadow_soft_size = colour(code)[:3], watts, radius
    lamp = bpy.data.objects.new("glow", data)
    lamp.location = at
    bpy.context.scene.collection.objects.link(lamp)


def skylight(
    at: Point, size: tuple[float, float], azimuth: float, code: str, watts: float, down: float = 0
) -> None:
    """A window's share of the sky: a soft light towards `azimuth`, itself unseen."""
    data = bpy.data.lights.new("skylight", "AREA")
    data.shape, data.size, data.size_y = "RECTANGLE", *size
    data.color, data.energy = colour(code)[:3], watts
    lamp = bpy.data.objects.new("skylight", data)
    lamp.location = at
    lamp.rotation_euler = (radians(90 - down), 0, radians(-azimuth))
    lamp.visible_camera = lamp.visible_glossy = False
    bpy.context.scene.collection.objects.link(lamp)


def sky(
    stops: tuple[tuple[float, str], ...],
    strength: float,
    clouds: str,
    cover: float,
    sun_at: tuple[float, float],
    halo: str,
) -> None:
    """A sky of colours by height (0 horizon to 1 zenith), drawn clouds, and a halo round the sun.

    `cover` of 0 to 1 is how much of it the clouds take.
    """
    world = bpy.data.worlds.new("sky")
    world.use_nodes = True
    bpy.context.scene.world = world
    g = Graph(world.node_tree)
    where = g("TexCoord", out="Generated")
    up = g("SeparateXYZ", where).node.outputs["Z"]
    height = g.math("POWER", g.math("MAXIMUM", up, 0.0), 0.6)
    air = g.ramp(height, *stops)
    flat = g(
        "VectorMath", where, g("CombineXYZ", *[g.math("ADD", up, 0.16)] * 3), operation="DIVIDE"
    )
    drift = g("Mapping", flat, Rotation=(0, 0, 0.5), Scale=(0.5, 1.3, 1.0))
    puffs = g("TexNoise", drift, Scale=1.1, Detail=9, Roughness=0.58, Distortion=0.25)
    mask = g("MapRange", puffs, 1 - cover, 1.25 - cover, 0.0, 1.0, interpolation_type="SMOOTHSTEP")
    fade = g("MapRange", up, 0.02, 0.18, 0.0, 0.9)
    air = g.mix(g.math("MULTIPLY", mask, fade), air, clouds)
    near = g("VectorMath", where, _toward(*sun_at), operation="DOT_PRODUCT", out="Value")
    bright = g.math("POWER", g.math("MAXIMUM", near, 0.0), 14.0)
    air = g.mix(g.math("MULTIPLY", bright, 0.75), air, halo, "ADD")
    shine = g("Background", air, strength)
    output = world.node_tree.nodes.new("ShaderNodeOutputWorld")
    world.node_tree.links.new(shine, output.inputs[0])


def render(target: Path, width: int, samples: int, exposure: float) -> None:
    """Trace the scene and keep it as an sRGB JPEG of 3:2, brightened by `exposure` stops.

    It is traced at three quarters of its size, denoised and enlarged: that costs half the time,
    and no detail that the denoiser would have left.
    """
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x, scene.render.resolution_y = width * 3 // 4, width // 2
    scene.render.use_persistent_data = False
    cycles = scene.cycles
    cycles.samples, cycles.seed = samples, 7
    cycles.use_adaptive_sampling, cycles.adaptive_threshold = True, 0.02
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 8, 3, 3
    cycles.transmission_bounces, cycles.transparent_max_bounces = 5, 12
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect, cycles.blur_glossy = 6.0, 0.6
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = "AgX - Medium High Contrast"
    scene.view_settings.exposure = exposure
    scene.render.image_settings.file_format = "PNG"
    scene.render.filepath = str(target.with_suffix(".raw.png"))
    bpy.ops.render.render(write_still=True)
    raw = Path(scene.render.filepath)
    traced = Image.open(raw).convert("RGB")
    keep(traced.resize((width, width * 2 // 3), Image.Resampling.LANCZOS), target)
    raw.unlink()
