# Draws news-by-role.svg, .pdf and .png from news-by-role.dat:  gnuplot news-by-role.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-2:451]
set yrange [271:0]
set x2range [-2:451]
set y2range [271:0]
set arrow from second 144.76, second 77.80 to second 144.76, second 188.96 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 302.88, second 77.80 to second 302.88, second 188.96 nohead back lw 0.8 lc rgb "#8A9199"
set terminal svg size 453,271 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "news-by-role.svg"
plot \
    "news-by-role.dat" index "bars" using 4:1:4:5:2:3 axes x2y2 with boxxyerror fillcolor rgb "#6FA3D0" notitle, \
    "news-by-role.dat" index "bars" using 6:1:($7-$6):(0) axes x2y2 with vectors nohead linewidth 1.2 linecolor rgb "#0F3D6B" notitle, \
    "news-by-role.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "news-by-role.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "news-by-role.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "news-by-role.dat" index "strong-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "news-by-role.dat" index "quiet-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "news-by-role.dat" index "words-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Italic,8" textcolor rgb "#5F666D" notitle, \
    "news-by-role.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,9.572cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "news-by-role.pdf"
replot
set terminal pngcairo size 1890,1131 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "news-by-role.png"
replot
unset output
