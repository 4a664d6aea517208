# Draws role.svg, .pdf and .png from role.dat:  gnuplot role.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-99.28769871:140.305754]
set yrange [149:0]
set x2range [-2:451]
set y2range [149:0]
set arrow from second 185.72, second 52.20 to second 185.72, second 118.96 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 232.99, second 52.20 to second 232.99, second 118.96 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 280.26, second 52.20 to second 280.26, second 118.96 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 327.53, second 52.20 to second 327.53, second 118.96 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 374.79, second 52.20 to second 374.79, second 118.96 nohead back lw 0.5 lc rgb "#DDE1E5"
set terminal svg size 453,149 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "role.svg"
plot \
    "role.dat" index "bars" using 4:1:(0):4:2:3 with boxxyerror fillcolor rgb "#6FA3D0" notitle, \
    "role.dat" index "bars" using 5:1:($6-$5):(0) with vectors nohead linewidth 1.3 linecolor rgb "#0F3D6B" notitle, \
    "role.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "role.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "role.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "role.dat" index "strong-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "role.dat" index "quiet-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "role.dat" index "quiet-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "role.dat" index "quiet-right" using 1:2:3 axes x2y2 with labels right font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "role.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,5.263cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "role.pdf"
replot
set terminal pngcairo size 1890,622 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "role.png"
replot
unset output
