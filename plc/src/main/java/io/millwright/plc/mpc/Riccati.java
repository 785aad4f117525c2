package io.millwright.plc.mpc;

import org.ojalgo.matrix.MatrixR064;

/// The discrete algebraic Riccati equation P = Q + Aᵀ P A - Aᵀ P B (R + Bᵀ P B)⁻¹ Bᵀ P A.
///
/// Solved by the doubling algorithm (E. K.-W. Chu, H.-Y. Fan, W.-W. Lin, C.-S. Wang, Int. J. Control 77(8),
/// 2004): each iteration looks twice as far ahead, so that some twenty are enough.
final class Riccati {
    private static final int DOUBLINGS_MAX = 60;

    private Riccati() {}

    /// @throws IllegalArgumentException where there is no solution that stabilises
    static MatrixR064 solve(MatrixR064 a, MatrixR064 b, MatrixR064 q, MatrixR064 r) {
        int size = a.getRowDim();
        MatrixR064 one = MatrixR064.FACTORY.makeEye(size, size);
        MatrixR064 move = a;
        MatrixR064 g = b.multiply(r.invert()).multiply(b.transpose());
        MatrixR064 h = q;
        for (int i = 0; i < DOUBLINGS_MAX && Double.isFinite(h.norm()); i++) {
            MatrixR064 inner = one.add(g.multiply(h)).invert();
            MatrixR064 next = h.add(move.transpose().multiply(h).multiply(inner).multiply(move));
            g = g.add(move.multiply(inner).multiply(g).multiply(move.transpose()));
            move = move.multiply(inner).multiply(move);
            double change = next.subtract(h).norm();
            h = next;
            if (Double.isFinite(change) && change <= 1e-13 * h.norm()) {
                return h;
            }
        }
        throw new IllegalArgumentException(
                "no gain makes this process stable: an unstable state is not reached, or not seen");
    }
}
