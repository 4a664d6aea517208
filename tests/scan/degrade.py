"""What happens to paper between the pen and the file, as ImageMagick does it.

Each way is a function of the picture's size in points, how many points a millimetre is, and a source of chance;
it gives the arguments of `convert`. Those that end with a quality are kept as JPEG."""


def clean(width, height, scale, chance):
    return []


def rotation(width, height, scale, chance):
    angle = chance.choice([-1, 1]) * chance.uniform(2, 5)
    return ["-background", "#e8e8e8", "-rotate", f"{angle:.2f}", "+repage"]


def upside_down(width, height, scale, chance):
    return ["-rotate", "180"]


def shrinkage(width, height, scale, chance):
    return ["-resize", "94%", "-background", "white", "-gravity", "center", "-extent", f"{width}x{height}", "+repage"]


def perspective(width, height, scale, chance):
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    pairs = []
    for x, y in corners:
        move = [chance.uniform(0, 0.025) * size for size in (width, height)]
        to = (x + move[0] if x == 0 else x - move[0], y + move[1] if y == 0 else y - move[1])
        pairs.append(f"{x},{y} {to[0]:.1f},{to[1]:.1f}")
    return ["-virtual-pixel", "background", "-background", "#303030", "-distort", "Perspective", "  ".join(pairs)]


def shading(width, height, scale, chance):
    dark = chance.choice(["gray45", "gray55", "gray65"])
    turn = chance.choice([0, 90, 180, 270])
    size = f"{width}x{height}" if turn % 180 == 0 else f"{height}x{width}"
    return ["(", "-size", size, f"gradient:white-{dark}", "-rotate", str(turn), "+repage", ")", "-compose", "multiply",
            "-composite"]


def noise(width, height, scale, chance):
    return ["-attenuate", "0.5", "+noise", "Gaussian"]


def blur(width, height, scale, chance):
    return ["-blur", f"0x{0.22 * scale:.2f}"]


def jpeg(width, height, scale, chance):
    return ["-quality", "30"]


def contrast(width, height, scale, chance):
    low = chance.choice([30, 45, 60, 75])
    return ["+level", f"{low}%,{low + 20}%"]


def fold(width, height, scale, chance):
    """The lower part lies a little aside, and the fold shows as a line with a shadow."""
    y, shift = int(height * chance.uniform(0.3, 0.7)), chance.uniform(-0.8, 0.8) * scale
    return ["(", "-clone", "0", "-crop", f"{width}x{y}+0+0", "+repage", ")",
            "(", "-clone", "0", "-crop", f"{width}x{height - y}+0+{y}", "+repage", "-background", "white",
            "-distort", "SRT", f"0,0 1,0.995 0 {shift:.1f},0", "+repage", "-extent", f"{width}x{height - y}", ")",
            "-delete", "0", "-append", "-fill", "none", "-stroke", "#00000060", "-strokewidth", f"{0.35 * scale:.2f}",
            "-draw", f"line 0,{y} {width},{y + chance.uniform(-1, 1) * scale:.1f}", "-stroke", "#00000020",
            "-strokewidth", f"{3 * scale:.2f}", "-draw", f"line 0,{y + 2 * scale:.1f} {width},{y + 2 * scale:.1f}",
            "-stroke", "none"]


def hole(width, height, scale, chance):
    """Two holes of 6 mm, 80 mm apart, 12 mm from the left edge (ISO 838)."""
    colour, radius = chance.choice(["black", "#b0b0b0"]), 3 * scale
    draws = []
    for y in (108.5 * scale, 188.5 * scale):
        draws += ["-draw", f"circle {12 * scale:.1f},{y:.1f} {12 * scale + radius:.1f},{y:.1f}"]
    return ["-fill", colour, "-stroke", "none"] + draws


def staple(width, height, scale, chance):
    x, y = chance.uniform(6, 12) * scale, chance.uniform(6, 14) * scale
    return ["-fill", "none", "-stroke", "#202020", "-strokewidth", f"{0.6 * scale:.2f}", "-draw",
            f"line {x:.1f},{y:.1f} {x + 9 * scale:.1f},{y - 5 * scale:.1f}", "-stroke", "#00000050",
            "-draw", f"line {x:.1f},{y + scale:.1f} {x + 9 * scale:.1f},{y - 4 * scale:.1f}", "-stroke", "none"]


def coffee(width, height, scale, chance):
    x, y, radius = chance.uniform(50, 150) * scale, chance.uniform(80, 220) * scale, chance.uniform(32, 45) * scale
    return ["-fill", "#a0703014", "-stroke", "#7a4a1c58", "-strokewidth", f"{2.6 * scale:.1f}", "-draw",
            f"circle {x:.1f},{y:.1f} {x + radius:.1f},{y:.1f}", "-stroke", "none"]


def lost_corner(width, height, scale, chance):
    size = chance.uniform(22, 32) * scale
    right, low = chance.choice([False, True]), chance.choice([False, True])
    x, y = (width if right else 0), (height if low else 0)
    across, down = (-size if right else size), (-size if low else size)
    return ["-fill", chance.choice(["#181818", "white"]), "-stroke", "none", "-draw",
            f"polygon {x},{y} {x + across:.1f},{y} {x},{y + down:.1f}"]


def office(width, height, scale, chance):
    """What an ordinary scanner does to an ordinary copy, a little of everything."""
    return ["-background", "#f0f0f0", "-rotate", f"{chance.uniform(-1.5, 1.5):.2f}", "+repage", "-blur",
            f"0x{0.08 * scale:.2f}", "-attenuate", "0.2", "+noise", "Gaussian", "+level", "12%,96%", "-quality", "75"]


WAYS = {way.__name__: way for way in (clean, rotation, upside_down, shrinkage, perspective, shading, noise, blur, jpeg,
                                      contrast, fold, hole, staple, coffee, lost_corner, office)}
