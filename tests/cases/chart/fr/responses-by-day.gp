# Draws responses-by-day.svg, .pdf and .png from responses-by-day.dat:  gnuplot responses-by-day.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-0.5178173719:3.517817372]
set yrange [-4.908679245:26.78943396]
set x2range [-2:451]
set y2range [210:0]
set arrow from second 56.12, second 177.48 to second 56.12, second 180.48 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 168.38, second 177.48 to second 168.38, second 180.48 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 280.62, second 177.48 to second 280.62, second 180.48 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 392.88, second 177.48 to second 392.88, second 180.48 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 0.00, second 177.48 to second 449.00, second 177.48 nohead back lw 0.8 lc rgb "#8A9199"
set terminal svg size 453,210 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "responses-by-day.svg"
plot \
    "responses-by-day.dat" index "keys" using 1:3:1:2:3:4:5 axes x2y2 with boxxyerror fillcolor rgb variable notitle, \
    "responses-by-day.dat" index "columns" using 1:3:1:2:(0):3 with boxxyerror fillcolor rgb "#0F3D6B" notitle, \
    "responses-by-day.dat" index "columns" using 1:3:1:2:3:($3+$4) with boxxyerror fillcolor rgb "#9CC3E6" notitle, \
    "responses-by-day.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "responses-by-day.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "responses-by-day.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "responses-by-day.dat" index "quiet-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "responses-by-day.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,7.417cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "responses-by-day.pdf"
replot
set terminal pngcairo size 1890,876 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "responses-by-day.png"
replot
unset output
