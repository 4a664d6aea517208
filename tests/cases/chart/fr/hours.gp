# Draws hours.svg, .pdf and .png from hours.dat:  gnuplot hours.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-0.1781737194:40.17817372]
set yrange [-5.6:22.66415094]
set x2range [-2:451]
set y2range [214:0]
set arrow from second 0.00, second 171.60 to second 0.00, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 56.12, second 171.60 to second 56.12, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 112.25, second 171.60 to second 112.25, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 168.38, second 171.60 to second 168.38, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 224.50, second 171.60 to second 224.50, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 280.62, second 171.60 to second 280.62, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 336.75, second 171.60 to second 336.75, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 392.88, second 171.60 to second 392.88, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 449.00, second 171.60 to second 449.00, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 0.00, second 171.60 to second 449.00, second 171.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 240.78, second 52.60 to second 240.78, second 171.60 nohead back lw 0.8 lc rgb "#8A9199"
set terminal svg size 453,214 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "hours.svg"
plot \
    "hours.dat" index "columns" using 1:3:1:2:(0):3 with boxxyerror fillcolor rgb "#6FA3D0" notitle, \
    "hours.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "hours.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "hours.dat" index "quiet-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "hours.dat" index "quiet-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "hours.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,7.558cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "hours.pdf"
replot
set terminal pngcairo size 1890,893 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "hours.png"
replot
unset output
