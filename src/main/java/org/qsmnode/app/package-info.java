/**
 * The program: {@code main}, the commands of the command line, typed settings and the wiring of all
 * parts by constructor.
 *
 * <p>Nothing else reads environment, command line or configuration files. From outside picocli, the
 * progress bar and the embedded broker enter here. May use {@code volume}, {@code numeric}, {@code
 * series}, {@code field}, {@code network}, {@code derive}, {@code inversion}, {@code
 * inversion.pdi}, {@code inversion.adapt}, {@code simulate}, {@code pipeline}, {@code evaluate},
 * {@code train}, {@code store}, {@code camel}, {@code route}.
 */
@NullMarked
package org.qsmnode.app;

import org.jspecify.annotations.NullMarked;
