package dev.parley.http;

import dev.parley.core.Broker.Appended;
import dev.parley.core.User;
import dev.parley.protocol.BatchReader;
import dev.parley.protocol.Command;
import dev.parley.protocol.Given;
import dev.parley.protocol.JsonCodec;
import dev.parley.protocol.Refused;
import dev.parley.session.Gate;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Publishes many messages, to as many channels, one after the other in their order. Each succeeds or fails by itself. */
@Path("batch")
@Produces(MediaType.APPLICATION_JSON)
public final class BatchResource {
    private final Gate gate;
    private final Body body;
    private final BatchReader reader;
    private final int nameLength;

    /** @param maxSize of a batch, in bytes */
    public BatchResource(Gate gate, BatchReader reader, int maxSize, int nameLength) {
        this.gate = gate;
        this.body = new Body(maxSize);
        this.reader = reader;
        this.nameLength = nameLength;
    }

    @POST
    public Object publish(@QueryParam("name") @Nullable String nickname, @Context HttpHeaders headers, InputStream in)
            throws IOException {
        User user = Given.user(nickname, nameLength);
        List<BatchReader.Item> items = reader.read(body.json(headers.getMediaType(), in));
        return Answering.of(
                () -> items.stream().map(item -> result(user, item)).collect(Collectors.joining(",", "[", "]")));
    }

    private String result(User user, BatchReader.Item item) {
        try {
            return switch (item) {
                case BatchReader.Item.Good it -> publish(user, it.message());
                case BatchReader.Item.Bad it -> problem(it.why());
            };
        } catch (Refused e) {
            return problem(e);
        }
    }

    private String publish(User user, Command.Publish message) {
        Appended stored = gate.publish(user, message.channel(), message.data(), message.event(), message.key());
        return JsonCodec.published(stored.position().toString(), stored.duplicate());
    }

    private static String problem(Refused why) {
        return JsonCodec.problem(why.code(), why.status(), why.detail());
    }
}
