/* Loaded before libpng: pictures are written with little compression, in a fifth of the time. Their pixels
 * are the same; only the files are larger. */
#include <dlfcn.h>
#include <png.h>

png_structp png_create_write_struct(png_const_charp version, png_voidp argument, png_error_ptr fail,
                                    png_error_ptr warn) {
    typedef png_structp create(png_const_charp, png_voidp, png_error_ptr, png_error_ptr);
    create *real = (create *)dlsym(RTLD_NEXT, "png_create_write_struct");
    png_structp writer = real(version, argument, fail, warn);
    if (writer) {
        png_set_filter(writer, 0, PNG_FILTER_NONE);
        png_set_compression_level(writer, 1);
    }
    return writer;
}
