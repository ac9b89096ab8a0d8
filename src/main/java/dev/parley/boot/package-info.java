/**
 * The executable WAR: {@code java -jar parley.war} serves that same file on an embedded Tomcat.
 *
 * <p>These classes stand outside the application. They know nothing of it, and it knows nothing of them; a container that the WAR is
 * deployed to never loads them. They lie under {@code META-INF/versions}, where {@code java -jar} finds them and no container
 * serves them; Tomcat's jars lie in {@code WEB-INF/boot}.
 */
@NullMarked
package dev.parley.boot;

import org.jspecify.annotations.NullMarked;
