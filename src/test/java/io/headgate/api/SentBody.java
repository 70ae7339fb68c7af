package io.headgate.api;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;

/// Reads again what a request sent: its publisher is asked a second time.
final class SentBody implements Flow.Subscriber<ByteBuffer> {
    private final BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);

    private SentBody() {}

    static Optional<String> of(HttpRequest request) {
        return request.bodyPublisher()
                .map(publisher -> {
                    SentBody body = new SentBody();
                    publisher.subscribe(body);
                    return body.text.getBody().toCompletableFuture().join();
                })
                .filter(body -> !body.isEmpty());
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        text.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {
        text.onNext(List.of(part));
    }

    @Override
    public void onError(Throwable failure) {
        text.onError(failure);
    }

    @Override
    public void onComplete() {
        text.onComplete();
    }
}
