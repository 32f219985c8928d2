/*
 * テナントIDの設定
 * 記入例：document.write('<input type="hidden" name="tenant_id" value="1234">');
 */

document.write('<input type="hidden" name="tenant_id" value="${id}">');
