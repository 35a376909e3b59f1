"""A short way to write Blender's shader graphs."""

from typing import Any

import bpy

Socket = bpy.types.NodeSocket


def colour(code: str) -> tuple[float, float, float, float]:
    """A colour of the web (#rrggbb) as linear light."""
    parts = [int(code[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue, 1.0


class Graph:
    """One node tree; a call adds a node and answers its first output."""

    def __init__(self, tree: bpy.types.NodeTree) -> None:
        self._tree = tree
        tree.nodes.clear()

    def __call__(self, kind: str, *positional: object, out: str = "", **named: object) -> Socket:
        """Add the node `kind` (without its prefix ShaderNode).

        Named values set properties or inputs, positional ones inputs in order; a socket is linked,
        a text #rrggbb is a colour.
        """
        node = self._tree.nodes.new(f"ShaderNode{kind}")
        for key, value in list(named.items()):
            if key in node.bl_rna.properties:
                setattr(node, key, value)
                del named[key]
        inputs = [socket for socket in node.inputs if socket.enabled]
        for socket, value in zip(inputs, positional, strict=False):
            self._feed(socket, value)
        for key, value in named.items():
            label = key.replace("_", " ").casefold()
            self._feed(next(s for s in inputs if s.name.casefold() == label), value)
        enabled = [socket for socket in node.outputs if socket.enabled]
        return next((s for s in enabled if s.name == out), enabled[0] if enabled else None)

    def _feed(self, socket: Socket, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, Socket):
            self._tree.links.new(value, socket)
        elif isinstance(value, str):
            socket.default_value = colour(value)
        else:
            socket.default_value = value

    def ramp(self, factor: Socket, *stops: tuple[float, str]) -> Socket:
        """Colours along a factor of 0 to 1."""
        result = self("ValToRGB", factor)
        elements = result.node.color_ramp.elements
        while len(elements) > 1:
            elements.remove(elements[-1])
        elements[0].position, elements[0].color = stops[0][0], colour(stops[0][1])
        for position, code in stops[1:]:
            elements.new(position).color = colour(code)
        return result

    def math(self, operation: str, *values: object) -> Socket:
        """Arithmetic."""
        return self("Math", *values, operation=operation)

    def mix(self, factor: object, first: object, second: object, how: str = "MIX") -> Socket:
        """Two colours mixed."""
        return self("Mix", factor, first, second, data_type="RGBA", blend_type=how)

    def noise(self, where: Socket, scale: float, detail: float = 4, rough: float = 0.55) -> Socket:
        """Fractal noise of 0 to 1."""
        return self("TexNoise", where, Scale=scale, Detail=detail, Roughness=rough)

    def bump(self, height: Socket, distance: float, strength: float = 1.0) -> Socket:
        """A normal from a height of `distance` metres."""
        return self("Bump", Height=height, Distance=distance, Strength=strength)

    def position(
        self, axes: str = "xyz", stretch: tuple[float, float, float] = (1, 1, 1)
    ) -> Socket:
        """Where in the world a point lies; `axes` "xzy" lays a texture on a wall along x."""
        place = self("NewGeometry", out="Position")
        if axes != "xyz":
            split = self("SeparateXYZ", place).node.outputs
            place = self("CombineXYZ", *(split[axis.upper()] for axis in axes))
        return self("Mapping", place, Scale=stretch) if stretch != (1, 1, 1) else place

    def local(self, stretch: tuple[float, float, float] = (1, 1, 1)) -> Socket:
        """Where on its own object a point lies."""
        place = self("TexCoord", out="Object")
        return self("Mapping", place, Scale=stretch)

    def island(self) -> Socket:
        """A random number for each connected piece of a mesh."""
        return self("NewGeometry", out="Random Per Island")

    def surface(self, shader: Socket) -> None:
        """What the material looks like."""
        self._tree.links.new(shader, self._tree.nodes.new("ShaderNodeOutputMaterial").inputs[0])


def material(name: str) -> tuple[bpy.types.Material, Graph]:
    """An empty material and its graph."""
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    return made, Graph(made.node_tree)
