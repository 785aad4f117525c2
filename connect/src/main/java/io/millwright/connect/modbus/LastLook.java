package io.millwright.connect.modbus;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Asks once more whether a write is allowed, by the thread that hands it to the system and just before it does: who
/// asked earlier may have waited for that thread.
final class LastLook extends ChannelOutboundHandlerAdapter {
    private volatile @Nullable BooleanSupplier allowed;
    private volatile @Nullable ChannelHandlerContext place;
    private volatile boolean withheld;

    /// What is sent from here on is sent while this holds.
    void guard(BooleanSupplier condition) {
        withheld = false;
        allowed = condition;
    }

    /// Everything is sent.
    void rest() {
        allowed = null;
        withheld = false;
    }

    /// Whether something was not sent since [#guard], as it was not allowed any more.
    boolean hasWithheld() {
        return withheld;
    }

    boolean guards() {
        return allowed != null;
    }

    boolean permits() {
        BooleanSupplier condition = allowed;
        return condition == null || condition.getAsBoolean();
    }

    /// A connection on which nothing is under way ends in the usual way, not broken off.
    void lingers() {
        ChannelHandlerContext here = place;
        if (here != null && here.channel().isOpen()) {
            here.channel().config().setOption(ChannelOption.SO_LINGER, -1);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        place = context;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (permits()) {
            var _ = context.write(message, promise);
        } else {
            ReferenceCountUtil.release(message);
            withheld = true;
            var _ = promise.setFailure(new IllegalStateException("it is not allowed any more"));
        }
    }
}
