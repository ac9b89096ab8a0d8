package dev.parley.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What Prometheus reads. */
@Path("metrics")
public final class MetricsResource {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final UnaryOperator<String> scrape;

    /** @param scrape gives all metrics in the form of a media type */
    public MetricsResource(UnaryOperator<String> scrape) {
        this.scrape = scrape;
    }

    @GET
    public Response metrics(@HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept) {
        String type = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        return Response.ok(scrape.apply(type))
                .header(HttpHeaders.CONTENT_TYPE, type)
                .build();
    }
}
