/// Numbers that bounds are computed with.
///
/// A [Scalar] is either exact, a [Rational], or an [Enclosure]: two floating-point numbers between which the
/// exact value lies. An analysis is written once, for scalars; the numbers it is given decide whether its
/// result is a fraction or an enclosure, whose upper end is the bound.
@NullMarked
package io.millwright.network.number;

import org.jspecify.annotations.NullMarked;
