# Draws hopes.svg, .pdf and .png from hopes.dat:  gnuplot hopes.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-96.32257471:184.2267198]
set yrange [168:0]
set x2range [-2:451]
set y2range [168:0]
set arrow from second 153.53, second 80.68 to second 153.53, second 149.44 nohead back lw 0.8 lc rgb "#8A9199"
set terminal svg size 453,168 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "hopes.svg"
plot \
    "hopes.dat" index "keys" using 1:3:1:2:3:4:5 axes x2y2 with boxxyerror fillcolor rgb variable notitle, \
    "hopes.dat" index "ranks" using 5:1:(0):5:2:3 with boxxyerror fillcolor rgb "#C9DCEC" notitle, \
    "hopes.dat" index "ranks" using 4:1:(0):4:2:3 with boxxyerror fillcolor rgb "#0F3D6B" notitle, \
    "hopes.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "hopes.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "hopes.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "hopes.dat" index "label-right" using 1:2:3 axes x2y2 with labels right font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "hopes.dat" index "strong-right" using 1:2:3 axes x2y2 with labels right font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "hopes.dat" index "quiet-right" using 1:2:3 axes x2y2 with labels right font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "hopes.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,5.934cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "hopes.pdf"
replot
set terminal pngcairo size 1890,701 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "hopes.png"
replot
unset output
