package org.qsmnode.camel;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer does besides storing, and whom it tells.
 *
 * @param queryRetrieve makes it a query/retrieve SCP; null: it is none
 * @param commitmentListener told the results of storage commitment; null: none are taken
 * @param commitmentProvider makes it a storage commitment SCP; null: it is none
 * @param events told what peers did, by the threads of associations
 */
public record ConsumerServices(
    @Nullable QueryRetrieve queryRetrieve,
    @Nullable CommitmentListener commitmentListener,
    @Nullable CommitmentProvider commitmentProvider,
    Consumer<DicomEvent> events) {

  /** Storage and verification only; nobody is told. */
  public static final ConsumerServices NONE = new ConsumerServices(null, null, null, event -> {});
}
