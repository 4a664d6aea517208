# Draws joined.svg, .pdf and .png from joined.dat:  gnuplot joined.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-0.6069042316:23.60690423]
set yrange [-1.528301887:7.481132075]
set x2range [-2:451]
set y2range [191:0]
set arrow from second 9.35, second 158.60 to second 9.35, second 161.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 102.90, second 158.60 to second 102.90, second 161.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 196.44, second 158.60 to second 196.44, second 161.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 289.98, second 158.60 to second 289.98, second 161.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 383.52, second 158.60 to second 383.52, second 161.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 0.00, second 158.60 to second 449.00, second 158.60 nohead back lw 0.8 lc rgb "#8A9199"
set terminal svg size 453,191 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "joined.svg"
plot \
    "joined.dat" index "columns" using 1:3:1:2:(0):3 with boxxyerror fillcolor rgb "#6FA3D0" notitle, \
    "joined.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "joined.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "joined.dat" index "quiet-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "joined.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,6.746cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "joined.pdf"
replot
set terminal pngcairo size 1890,797 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "joined.png"
replot
unset output
