# Draws response-rate.svg, .pdf and .png from response-rate.dat:  gnuplot response-rate.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-82.33057329:142.7291849]
set yrange [226:0]
set x2range [-2:451]
set y2range [226:0]
set arrow from second 163.71, second 52.20 to second 163.71, second 70.08 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 214.03, second 52.20 to second 214.03, second 70.08 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 264.35, second 52.20 to second 264.35, second 70.08 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 314.67, second 52.20 to second 314.67, second 70.08 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 364.99, second 52.20 to second 364.99, second 70.08 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 163.71, second 90.08 to second 163.71, second 154.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 214.03, second 90.08 to second 214.03, second 154.60 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 264.35, second 90.08 to second 264.35, second 154.60 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 314.67, second 90.08 to second 314.67, second 154.60 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 364.99, second 90.08 to second 364.99, second 154.60 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 163.71, second 174.60 to second 163.71, second 210.36 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 214.03, second 174.60 to second 214.03, second 210.36 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 264.35, second 174.60 to second 264.35, second 210.36 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 314.67, second 174.60 to second 314.67, second 210.36 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 364.99, second 174.60 to second 364.99, second 210.36 nohead back lw 0.5 lc rgb "#DDE1E5"
set terminal svg size 453,226 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "response-rate.svg"
plot \
    "response-rate.dat" index "rows" using 4:1:(0):4:2:3 with boxxyerror fillcolor rgb "#6FA3D0" notitle, \
    "response-rate.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "response-rate.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "response-rate.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "response-rate.dat" index "strong-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "response-rate.dat" index "strong-right" using 1:2:3 axes x2y2 with labels right font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "response-rate.dat" index "quiet-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "response-rate.dat" index "quiet-right" using 1:2:3 axes x2y2 with labels right font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "response-rate.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,7.982cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "response-rate.pdf"
replot
set terminal pngcairo size 1890,943 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "response-rate.png"
replot
unset output
