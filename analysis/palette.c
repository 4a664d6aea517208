#include "analysis/palette.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

/* A side of a scale: lightness and chroma from the outermost step to the innermost, and hue in degrees (CIE
 * LCh). The ranges of lightness do not meet, so that a grey print keeps the sides apart. */
struct ramp {
    double lightness[2], chroma[2], hue[2];
};

static const struct ramp ramps[] = {
    [PALETTE_FAVOURABLE] = {{22, 48}, {36, 42}, {274, 264}},
    [PALETTE_NEUTRAL] = {{92, 95}, {3, 2}, {85, 85}},
    [PALETTE_UNFAVOURABLE] = {{65, 85}, {66, 27}, {60, 74}},
    [PALETTE_ORDERED] = {{24, 88}, {36, 10}, {274, 256}},
};

static double linear(unsigned channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static unsigned channel_of(double value) {
    double clipped = value < 0 ? 0 : value > 1 ? 1 : value;
    double curved = clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * pow(clipped, 1 / 2.4) - 0.055;
    return (unsigned)floor(curved * 255 + 0.5);
}

static double luminance(unsigned colour) {
    return 0.2126 * linear(colour >> 16 & 0xFF) + 0.7152 * linear(colour >> 8 & 0xFF) +
           0.0722 * linear(colour & 0xFF);
}

double palette_lightness(unsigned colour) {
    double y = luminance(colour);
    return y > 216.0 / 24389 ? 116 * cbrt(y) - 16 : y * 24389 / 27;
}

double palette_contrast(unsigned one, unsigned other) {
    double a = luminance(one) + 0.05, b = luminance(other) + 0.05;
    return a > b ? a / b : b / a;
}

static double lab_inverse(double value) {
    return value > 6.0 / 29 ? value * value * value : 3 * (6.0 / 29) * (6.0 / 29) * (value - 4.0 / 29);
}

/* CIE LCh (D65, 2°) to sRGB (IEC 61966-2-1). */
static unsigned from_lch(double lightness, double chroma, double hue) {
    double fy = (lightness + 16) / 116;
    double x = 0.95047 * lab_inverse(fy + chroma * cos(hue * PI / 180) / 500);
    double y = lab_inverse(fy);
    double z = 1.08883 * lab_inverse(fy - chroma * sin(hue * PI / 180) / 200);
    unsigned red = channel_of(3.2404542 * x - 1.5371385 * y - 0.4985314 * z);
    unsigned green = channel_of(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z);
    unsigned blue = channel_of(0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
    return red << 16 | green << 8 | blue;
}

unsigned palette_scale(enum palette_side side, size_t step, size_t count) {
    const struct ramp *ramp = &ramps[side];
    double t = count > 1 ? (double)step / (double)(count - 1) : 0;
    return from_lch(ramp->lightness[0] + t * (ramp->lightness[1] - ramp->lightness[0]),
                    ramp->chroma[0] + t * (ramp->chroma[1] - ramp->chroma[0]),
                    ramp->hue[0] + t * (ramp->hue[1] - ramp->hue[0]));
}

unsigned palette_text_on(unsigned fill) {
    return palette_contrast(fill, 0xFFFFFF) >= palette_contrast(fill, 0x000000) ? 0xFFFFFF : 0x000000;
}
