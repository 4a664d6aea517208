#include "analysis/palette.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

/* The ranges of lightness do not meet, so that a grey print keeps the sides apart. */
const struct palette_ramp palette_default[PALETTE_SIDE_COUNT] = {
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

/* CIE L*a*b*, and its polar form. */
struct lab {
    double lightness, a, b;
};

static double lab_forward(double value) {
    return value > 216.0 / 24389 ? cbrt(value) : (value * 24389 / 27 + 16) / 116;
}

/* The inverse of from_lch. */
static struct lab to_lab(unsigned colour) {
    double red = linear(colour >> 16 & 0xFF), green = linear(colour >> 8 & 0xFF),
           blue = linear(colour & 0xFF);
    double x = lab_forward((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
    double y = lab_forward(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
    double z = lab_forward((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883);
    return (struct lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

static double hue_of(struct lab lab) {
    double hue = atan2(lab.b, lab.a) * 180 / PI;
    return hue < 0 ? hue + 360 : hue;
}

static double mix(const double ends[2], double t) {
    return ends[0] + t * (ends[1] - ends[0]);
}

unsigned palette_scale(const struct palette_ramp *ramp, size_t step, size_t count) {
    double t = count > 1 ? (double)step / (double)(count - 1) : 0;
    return from_lch(mix(ramp->lightness, t), mix(ramp->chroma, t), mix(ramp->hue, t));
}

/* Below this a colour is grey, and its hue an accident. */
static const double GREY = 2;

/* The hue turns the shorter way; that of grey is its neighbour's. */
struct palette_ramp palette_ramp_between(unsigned outermost, unsigned innermost) {
    struct lab ends[] = {to_lab(outermost), to_lab(innermost)};
    struct palette_ramp ramp;
    for (size_t i = 0; i < 2; i++) {
        ramp.lightness[i] = ends[i].lightness;
        ramp.chroma[i] = hypot(ends[i].a, ends[i].b);
        ramp.hue[i] = hue_of(ends[i]);
    }
    for (size_t i = 0; i < 2; i++)
        if (ramp.chroma[i] < GREY)
            ramp.hue[i] = ramp.hue[1 - i];
    double turn = ramp.hue[1] - ramp.hue[0];
    ramp.hue[1] += turn > 180 ? -360 : turn < -180 ? 360 : 0;
    return ramp;
}

struct palette_ramp palette_ramp_from(unsigned outermost, const struct palette_ramp *like) {
    enum { LIGHTEST = 96 };
    struct lab lab = to_lab(outermost);
    struct palette_ramp ramp = {.lightness = {lab.lightness, 0},
                                .chroma = {hypot(lab.a, lab.b), 0},
                                .hue = {hue_of(lab), hue_of(lab) + like->hue[1] - like->hue[0]}};
    ramp.lightness[1] =
        fmax(lab.lightness, fmin(lab.lightness + like->lightness[1] - like->lightness[0], LIGHTEST));
    ramp.chroma[1] = ramp.chroma[0] * like->chroma[1] / like->chroma[0];
    return ramp;
}

unsigned palette_text_on(unsigned fill) {
    return palette_contrast(fill, 0xFFFFFF) >= palette_contrast(fill, 0x000000) ? 0xFFFFFF : 0x000000;
}

unsigned palette_seen(enum palette_vision vision, unsigned colour) {
    static const double matrices[PALETTE_VISION_COUNT][3][3] = {
        {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
        {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
        {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};
    const double channels[] = {linear(colour >> 16 & 0xFF), linear(colour >> 8 & 0xFF),
                               linear(colour & 0xFF)};
    unsigned seen = 0;
    for (size_t i = 0; i < 3; i++) {
        double sum = 0;
        for (size_t j = 0; j < 3; j++)
            sum += matrices[vision][i][j] * channels[j];
        seen = seen << 8 | channel_of(sum);
    }
    return seen;
}

double palette_difference(unsigned one, unsigned other) {
    struct lab first = to_lab(one), second = to_lab(other);
    return hypot(hypot(first.lightness - second.lightness, first.a - second.a), first.b - second.b);
}
