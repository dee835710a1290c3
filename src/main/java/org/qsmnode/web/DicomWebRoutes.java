package org.qsmnode.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resources of DICOMweb below {@code /dicom-web}, on the HTTP server of the Camel context. */
public final class DicomWebRoutes extends RouteBuilder {

  private static final Logger LOG = LoggerFactory.getLogger(DicomWebRoutes.class);
  private static final String ROOT = "/dicom-web";
  private static final String HEADERS = "dicomWebHeaders";
  private static final String STUDY = "/studies/{study}";
  private static final String SERIES = STUDY + "/series/{series}";
  private static final String INSTANCE = SERIES + "/instances/{instance}";

  private final Search search;
  private final Retrieve retrieve;
  private final Pictures pictures;
  private final Store store;
  private final String allowedOrigin;

  /**
   * The routes.
   *
   * @param allowedOrigin value of Access-Control-Allow-Origin, empty for no such header
   */
  public DicomWebRoutes(RetrievableObjects objects, StowReceiver receiver, String allowedOrigin) {
    this.search = new Search(objects);
    this.retrieve = new Retrieve(objects);
    this.pictures = new Pictures(retrieve);
    this.store = new Store(receiver);
    this.allowedOrigin = allowedOrigin;
  }

  /** What a path stands for. */
  @FunctionalInterface
  private interface Resource {
    Reply answer(WebRequest request) throws IOException;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    getContext().getRegistry().bind(HEADERS, headers());
    get("/studies", request -> search.find(QueryLevel.STUDY, request));
    get("/series", request -> search.find(QueryLevel.SERIES, request));
    get("/instances", request -> search.find(QueryLevel.IMAGE, request));
    get(STUDY + "/series", request -> search.find(QueryLevel.SERIES, request));
    get(STUDY + "/instances", request -> search.find(QueryLevel.IMAGE, request));
    get(SERIES + "/instances", request -> search.find(QueryLevel.IMAGE, request));
    objects(STUDY, QueryLevel.STUDY);
    objects(SERIES, QueryLevel.SERIES);
    objects(INSTANCE, QueryLevel.IMAGE);
    get(INSTANCE + "/rendered", pictures::rendered);
    get(INSTANCE + "/frames/{frames}", retrieve::frames);
    get(INSTANCE + "/frames/{frames}/rendered", pictures::rendered);
    get(INSTANCE + "/frames/{frames}/thumbnail", pictures::frameThumbnail);
    get(INSTANCE + "/bulkdata/{tag}", retrieve::bulkData);
    from("platform-http:"
            + ROOT
            + "/studies?httpMethodRestrict=POST&useStreaming=true&consumes="
            + Store.MULTIPART)
        .routeId("dicomweb POST /studies")
        .streamCache(false)
        .process(exchange -> answer(exchange, request -> stored(exchange, request)));
    if (!allowedOrigin.isEmpty()) {
      from("platform-http:" + ROOT + "?httpMethodRestrict=OPTIONS&matchOnUriPrefix=true")
          .routeId("dicomweb OPTIONS")
          .process(exchange -> answer(exchange, request -> Reply.noContent()));
    }
  }

  private void objects(String path, QueryLevel level) {
    get(path, request -> retrieve.instances(level, request));
    get(path + "/metadata", request -> retrieve.metadata(level, request));
    get(path + "/thumbnail", request -> pictures.thumbnail(level, request));
  }

  /** Camel keeps a Warning to itself, which searches have to answer with. */
  private static HttpHeaderFilterStrategy headers() {
    HttpHeaderFilterStrategy headers = new HttpHeaderFilterStrategy();
    headers.getOutFilter().remove("warning");
    return headers;
  }

  private void get(String path, Resource resource) {
    from("platform-http:"
            + ROOT
            + path
            + "?httpMethodRestrict=GET&headerFilterStrategy=#"
            + HEADERS)
        .routeId("dicomweb GET " + path.replaceAll("[{}]", ""))
        .streamCache(false)
        .process(exchange -> answer(exchange, resource));
  }

  private Reply stored(Exchange exchange, WebRequest request) throws IOException {
    InputStream body = exchange.getIn().getBody(InputStream.class);
    return store.store(
        request,
        header(exchange.getIn(), Exchange.CONTENT_TYPE),
        body == null ? InputStream.nullInputStream() : body);
  }

  private void answer(Exchange exchange, Resource resource) {
    Reply reply;
    try {
      reply = resource.answer(request(exchange.getIn()));
    } catch (HttpRefusal refusal) {
      reply = failure(refusal.status(), refusal.sentence());
    } catch (IOException | RuntimeException e) {
      LOG.error("a request to {} failed", exchange.getFromRouteId(), e);
      reply = failure(500, "The node failed; its log says more.");
    }
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status());
    message.setHeader(Exchange.CONTENT_TYPE, reply.contentType());
    if (!reply.warnings().isEmpty()) {
      message.setHeader("Warning", reply.warning());
    }
    if (!allowedOrigin.isEmpty()) {
      message.setHeader("Access-Control-Allow-Origin", allowedOrigin);
      message.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
      message.setHeader("Access-Control-Allow-Headers", "Accept, Content-Type");
      message.setHeader("Access-Control-Expose-Headers", "Warning");
    }
    message.setBody(reply.body());
  }

  private static Reply failure(int status, String sentence) {
    return new Reply(
        status, "text/plain; charset=utf-8", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static WebRequest request(Message message) {
    String path = header(message, Exchange.HTTP_URI);
    String url = header(message, Exchange.HTTP_URL);
    int root = url.indexOf(ROOT);
    return new WebRequest(
        root < 0 ? ROOT : url.substring(0, root) + ROOT,
        path.startsWith(ROOT) ? path.substring(ROOT.length()) : path,
        header(message, Exchange.HTTP_RAW_QUERY),
        header(message, "Accept"));
  }

  private static String header(Message message, String name) {
    String value = message.getHeader(name, String.class);
    return value == null ? "" : value;
  }
}
