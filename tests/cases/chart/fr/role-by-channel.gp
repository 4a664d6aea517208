# Draws role-by-channel.svg, .pdf and .png from role-by-channel.dat:  gnuplot role-by-channel.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-2:451]
set yrange [159:0]
set x2range [-2:451]
set y2range [159:0]
set arrow from second 143.20, second 63.08 to second 143.20, second 127.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 249.13, second 63.08 to second 249.13, second 127.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 355.07, second 63.08 to second 355.07, second 127.60 nohead back lw 0.8 lc rgb "#8A9199"
set terminal svg size 453,159 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "role-by-channel.svg"
plot \
    "role-by-channel.dat" index "bars" using 4:1:4:5:2:3 axes x2y2 with boxxyerror fillcolor rgb "#6FA3D0" notitle, \
    "role-by-channel.dat" index "bars" using 6:1:($7-$6):(0) axes x2y2 with vectors nohead linewidth 1.2 linecolor rgb "#0F3D6B" notitle, \
    "role-by-channel.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "role-by-channel.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "role-by-channel.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "role-by-channel.dat" index "strong-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "role-by-channel.dat" index "quiet-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "role-by-channel.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,5.616cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "role-by-channel.pdf"
replot
set terminal pngcairo size 1890,663 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "role-by-channel.png"
replot
unset output
