package io.millwright.process.equations;

/// A complex number.
record Complex(double real, double imaginary) {

    static Complex parallel(Complex a, Complex b) {
        return a.times(b).over(a.plus(b));
    }

    Complex plus(Complex other) {
        return new Complex(real + other.real, imaginary + other.imaginary);
    }

    Complex times(Complex other) {
        return new Complex(
                real * other.real - imaginary * other.imaginary, real * other.imaginary + imaginary * other.real);
    }

    Complex over(Complex other) {
        double square = other.real * other.real + other.imaginary * other.imaginary;
        var product = times(new Complex(other.real, -other.imaginary));
        return new Complex(product.real / square, product.imaginary / square);
    }

    double magnitude() {
        return Math.hypot(real, imaginary);
    }
}
